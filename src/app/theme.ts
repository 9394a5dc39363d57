// Mantine's theme and colour scheme, on top of the colours that app.css defines for light and dark.

import {
  ActionIcon,
  Button,
  type CSSVariablesResolver,
  createTheme,
  Input,
  type MantineColorSchemeManager,
  Menu,
  Modal,
  Popover,
  rem,
  SegmentedControl,
  Tabs,
  Tooltip,
} from '@mantine/core';
import type { PreferencesPort } from '#ui/kit/services.tsx';
import type { SchemeChoice } from './theme-scheme.ts';

const controlHeight = { xs: rem(24), sm: rem(28), md: rem(32), lg: rem(40), xl: rem(48) } as const;
const heightOf = (size: unknown): string =>
  controlHeight[size as keyof typeof controlHeight] ?? controlHeight.sm;

const river = [
  '#e4f4f5',
  '#c9e8ea',
  '#9dd6da',
  '#6bc8cf',
  '#3fbdc6',
  '#1b929c',
  '#0a7680',
  '#08646c',
  '#075159',
  '#053c42',
] as const;
const gray = [
  '#f5f7fa',
  '#eceff3',
  '#dfe4ea',
  '#d1d8e0',
  '#bcc5cf',
  '#98a3b0',
  '#677282',
  '#4d5967',
  '#333d49',
  '#1a212b',
] as const;
const dark = [
  '#e4e9ef',
  '#c3ccd6',
  '#a5b0bd',
  '#838f9d',
  '#2c343f',
  '#252c36',
  '#1d232c',
  '#161b22',
  '#12161c',
  '#0e1217',
] as const;

const red = [
  '#fcebe9',
  '#f8d3cf',
  '#f2b1aa',
  '#f2958c',
  '#f27d72',
  '#d9564b',
  '#c2362b',
  '#a32b22',
  '#84231b',
  '#661b15',
] as const;

export const theme = createTheme({
  colors: { river, gray, dark, red },
  primaryColor: 'river',
  primaryShade: { light: 6, dark: 4 },
  autoContrast: true,
  black: '#1a212b',
  fontFamily: "'Inter Variable', Inter, system-ui, -apple-system, 'Segoe UI', sans-serif",
  fontFamilyMonospace:
    "'JetBrains Mono Variable', 'JetBrains Mono', ui-monospace, Menlo, Consolas, monospace",
  fontSizes: { xs: rem(12), sm: rem(13), md: rem(14), lg: rem(16), xl: rem(20) },
  lineHeights: { xs: '1.3334', sm: '1.3847', md: '1.4286', lg: '1.5', xl: '1.4' },
  spacing: { xs: rem(8), sm: rem(12), md: rem(16), lg: rem(24), xl: rem(32) },
  radius: { xs: rem(2), sm: rem(4), md: rem(6), lg: rem(8), xl: rem(12) },
  defaultRadius: 'md',
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: rem(28), lineHeight: '1.2857' },
      h2: { fontSize: rem(20), lineHeight: '1.4' },
      h3: { fontSize: rem(16), lineHeight: '1.5' },
      h4: { fontSize: rem(14), lineHeight: '1.4286' },
    },
  },
  respectReducedMotion: true,
  cursorType: 'pointer',
  focusRing: 'auto',
  components: {
    Button: Button.extend({
      // Named, so that app.css can set the text on it: Mantine's automatic contrast looks at the light shade only.
      defaultProps: { size: 'md', variant: 'filled' },
      vars: (_theme, props) => ({
        root: {
          '--button-height': heightOf(props.size ?? 'md'),
          '--button-fz': rem(13),
          '--button-padding-x': rem(12),
        },
      }),
    }),
    ActionIcon: ActionIcon.extend({
      defaultProps: { variant: 'subtle', color: 'gray', size: 'sm' },
      vars: (_theme, props) =>
        typeof props.size === 'number'
          ? { root: {} }
          : { root: { '--ai-size': heightOf(props.size ?? 'sm') } },
    }),
    Input: Input.extend({
      defaultProps: { size: 'md' },
      vars: (_theme, props) => ({
        wrapper: { '--input-height': heightOf(props.size ?? 'md'), '--input-fz': rem(13) },
      }),
    }),
    Menu: Menu.extend({
      defaultProps: { shadow: 'md', transitionProps: { duration: 120, transition: 'fade' }, offset: 4 },
    }),
    Popover: Popover.extend({
      defaultProps: { shadow: 'md', transitionProps: { duration: 120, transition: 'fade' }, offset: 4 },
    }),
    Modal: Modal.extend({
      defaultProps: {
        centered: true,
        transitionProps: { duration: 140, transition: 'fade' },
        overlayProps: { backgroundOpacity: 0.4 },
      },
    }),
    Tooltip: Tooltip.extend({
      defaultProps: {
        openDelay: 350,
        transitionProps: { duration: 120, transition: 'fade' },
        offset: 6,
        fz: 'xs',
        multiline: true,
        maw: 320,
      },
    }),
    Tabs: Tabs.extend({ defaultProps: { keepMounted: false } }),
    SegmentedControl: SegmentedControl.extend({ defaultProps: { size: 'xs' } }),
  },
});

/** Mantine's own colours, pointed at ours: both schemes come from app.css. */
export const cssVariablesResolver: CSSVariablesResolver = () => {
  const scheme = {
    '--mantine-color-body': 'var(--hw-surface)',
    '--mantine-color-text': 'var(--hw-text)',
    '--mantine-color-dimmed': 'var(--hw-text-2)',
    '--mantine-color-placeholder': 'var(--hw-text-3)',
    '--mantine-color-default': 'var(--hw-surface)',
    '--mantine-color-default-hover': 'var(--hw-hover)',
    '--mantine-color-default-color': 'var(--hw-text)',
    '--mantine-color-default-border': 'var(--hw-border-strong)',
    '--mantine-color-error': 'var(--hw-red)',
    '--mantine-color-anchor': 'var(--hw-accent)',
  };
  return { variables: {}, light: scheme, dark: scheme };
};

const isChoice = (text: string | undefined): text is SchemeChoice =>
  text === 'light' || text === 'dark' || text === 'auto';

export function readScheme(preferences: PreferencesPort): SchemeChoice {
  const stored = preferences.read('color-scheme');
  return isChoice(stored) ? stored : 'auto';
}

export function createSchemeManager(preferences: PreferencesPort): MantineColorSchemeManager {
  return {
    get: () => readScheme(preferences),
    set: (value) => preferences.write('color-scheme', value),
    subscribe: () => undefined,
    unsubscribe: () => undefined,
    clear: () => preferences.write('color-scheme', 'auto'),
  };
}
