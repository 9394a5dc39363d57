// The colours of a picture of the graph: those of the app (app.css), for a file that has no style sheet.

export type PictureScheme = 'light' | 'dark';

export interface PictureColours {
  readonly canvas: string;
  readonly surface: string;
  readonly border: string;
  readonly 'border-strong': string;
  readonly edge: string;
  readonly text: string;
  readonly 'text-2': string;
  readonly 'text-3': string;
  readonly accent: string;
  readonly green: string;
  readonly 'amber-fill': string;
  readonly red: string;
  readonly orange: string;
  readonly grey: string;
  readonly groups: readonly string[];
}

export const pictureColours: Readonly<Record<PictureScheme, PictureColours>> = {
  light: {
    canvas: '#f5f7fa',
    surface: '#ffffff',
    border: '#e2e7ed',
    'border-strong': '#cfd6de',
    edge: '#9aa6b3',
    text: '#1a212b',
    'text-2': '#4d5967',
    'text-3': '#677282',
    accent: '#0a7680',
    green: '#177a49',
    'amber-fill': '#d18f13',
    red: '#c2362b',
    orange: '#a94e0c',
    grey: '#677282',
    groups: [
      '#0099cc',
      '#ca4406',
      '#8056d0',
      '#df5284',
      '#8d6d4f',
      '#b145a5',
      '#6082f8',
      '#829645',
      '#a979a9',
      '#2d8c7d',
    ],
  },
  dark: {
    canvas: '#101419',
    surface: '#161b22',
    border: '#262d37',
    'border-strong': '#384250',
    edge: '#5b6775',
    text: '#e4e9ef',
    'text-2': '#a5b0bd',
    'text-3': '#838f9d',
    accent: '#3fbdc6',
    green: '#4fc28b',
    'amber-fill': '#dfb04a',
    red: '#f27d72',
    orange: '#f0995a',
    grey: '#838f9d',
    groups: [
      '#22c6f6',
      '#de8f66',
      '#a691fd',
      '#ff8ba6',
      '#b69500',
      '#d96daf',
      '#6f9bd1',
      '#b1bf38',
      '#c7a7d0',
      '#5db78b',
    ],
  },
};
