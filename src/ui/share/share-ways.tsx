// The ways for a shared project to travel: a link, a picture, text, a frame in another page.

import { Button, SegmentedControl, TextInput, useComputedColorScheme } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCode, IconDownload, IconFileText, IconLink } from '@tabler/icons-react';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { maybePngWith } from '#interop/share/png-carrier.ts';
import { embedOf, linkOf } from '#interop/share/share-link.ts';
import { textOfPacked } from '#interop/share/text-carrier.ts';
import { downloadFile, fileStem } from '#ui/kit/download.ts';
import { noticeFault } from '#ui/kit/notices.ts';
import { useServices } from '#ui/kit/services.tsx';
import type { ShareSource } from './gather-bundle.ts';
import { type GraphPicture, graphPicture, type PictureOptions } from './graph-picture.ts';
import { linkWords } from './link-words.ts';
import { type PictureScheme, pictureColours } from './picture-colours.ts';
import { rasterise } from './rasterise.ts';
import css from './share-dialog.module.css';

export interface WayProps {
  readonly source: ShareSource;
  readonly packed: Uint8Array;
  /** Whether results go along: only then a picture shows them. */
  readonly withResults: boolean;
  /** It has left the app, by whichever way. */
  onHandedOut(): void;
}

/** The app's address without what it shows now. */
const appAddress = (): string => location.href.replace(/[?#].*$/s, '');

export function LinkWay({ packed, onHandedOut }: WayProps) {
  const link = useMemo(() => linkOf(appAddress(), packed), [packed]);
  const { text, canSend } = linkWords(link.length);
  return (
    <Way title="Link">
      <div className={css.link}>
        <TextInput
          aria-label="Link"
          className={css.address}
          value={link.slice(0, 2000)}
          readOnly
          disabled={!canSend}
          onFocus={(event) => event.currentTarget.select()}
          onCopy={(event) => {
            event.preventDefault();
            event.clipboardData.setData('text/plain', link);
            onHandedOut();
          }}
        />
        <CopyButton
          what="link"
          text={() => link}
          icon={<IconLink size={16} stroke={1.5} />}
          isFirst
          disabled={!canSend}
          onCopied={onHandedOut}
        />
      </div>
      <p className={css.hint}>
        {text} The project is in the address itself, behind “#”: no server gets to see it.
      </p>
    </Way>
  );
}

export function PictureWay({ source, packed, withResults, onHandedOut }: WayProps) {
  const ownScheme = useComputedColorScheme('light');
  const [scheme, setScheme] = useState<PictureScheme>(ownScheme);
  const [isBusy, setIsBusy] = useState(false);
  const { graph, document, states } = source;
  const options = useMemo(
    (): PictureOptions => ({ scheme, isCarrier: true, ...(withResults ? { states } : {}) }),
    [scheme, withResults, states],
  );
  const picture = useMemo(() => graphPicture(graph, options), [graph, options]);
  const stem = fileStem(document.info.name);
  const downloadPng = async () => {
    setIsBusy(true);
    try {
      const png = maybePngWith(await rasterise(picture.svg, picture.width, picture.height), packed);
      if (!png) throw new Error('The browser painted no PNG.');
      downloadFile(`${stem}.png`, png, 'image/png');
      onHandedOut();
    } catch (thrown) {
      noticeFault('The picture was not made', thrown);
    }
    setIsBusy(false);
  };
  return (
    <Way
      title="Picture"
      aside={
        <SegmentedControl
          aria-label="Colours of the picture"
          value={scheme}
          data={[
            { value: 'light', label: 'Light' },
            { value: 'dark', label: 'Dark' },
          ]}
          onChange={(value) => setScheme(value as PictureScheme)}
        />
      }
    >
      <Preview picture={picture} scheme={scheme} />
      <div className={css.buttons}>
        <Button
          variant="default"
          leftSection={<IconDownload size={16} stroke={1.5} />}
          loading={isBusy}
          onClick={() => void downloadPng()}
        >
          Download PNG
        </Button>
        <Button
          variant="default"
          leftSection={<IconDownload size={16} stroke={1.5} />}
          onClick={() => {
            downloadFile(`${stem}.svg`, graphPicture(graph, { ...options, packed }).svg, 'image/svg+xml');
            onHandedOut();
          }}
        >
          Download SVG
        </Button>
      </div>
      <p className={css.hint}>
        The project is inside: whoever drops the picture on Headwater opens it. Sites that make pictures
        smaller take it out.
      </p>
    </Way>
  );
}

const mostPreviewLength = 500_000;

interface PreviewProps {
  readonly picture: GraphPicture;
  readonly scheme: PictureScheme;
}

function Preview({ picture: { svg, width, height }, scheme }: PreviewProps) {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    // Texts that nobody can read at that size cost a large graph a second.
    const shown = svg.length > mostPreviewLength ? svg.replace(/<svg x="[^>]*>.*?<\/svg>/g, '') : svg;
    const made = URL.createObjectURL(new Blob([shown], { type: 'image/svg+xml' }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [svg]);
  return (
    <div className={css.preview} style={{ background: pictureColours[scheme].canvas }}>
      {url === undefined ? null : (
        <img src={url} alt="All assets and what they depend on" width={width} height={height} />
      )}
    </div>
  );
}

export function OtherWays({ source, packed, onHandedOut }: WayProps) {
  const { playerPages } = useServices();
  const [isBusy, setIsBusy] = useState(false);
  const { name } = source.document.info;
  const downloadPage = async () => {
    setIsBusy(true);
    try {
      const page = await playerPages.write(source.projectId, name, packed);
      downloadFile(`${fileStem(name)}.html`, page, 'text/html');
      onHandedOut();
    } catch (thrown) {
      noticeFault('The page was not made', thrown);
    }
    setIsBusy(false);
  };
  return (
    <Way title="Elsewhere">
      <div className={css.buttons}>
        <Button
          variant="default"
          leftSection={<IconDownload size={16} stroke={1.5} />}
          loading={isBusy}
          onClick={() => void downloadPage()}
        >
          Download HTML
        </Button>
        <CopyButton
          what="as text"
          text={() => textOfPacked(packed, name)}
          icon={<IconFileText size={16} stroke={1.5} />}
          onCopied={onHandedOut}
        />
        <CopyButton
          what="embed code"
          text={() => embedOf(appAddress(), packed, name)}
          icon={<IconCode size={16} stroke={1.5} />}
          onCopied={onHandedOut}
        />
      </div>
      <p className={css.hint}>
        The HTML page shows and runs the project on its own. Text survives mails, quoted or not. Embed code
        shows the project in another page.
      </p>
    </Way>
  );
}

interface CopyButtonProps {
  /** As in "Copy link". */
  readonly what: string;
  readonly icon: ReactNode;
  readonly isFirst?: boolean;
  readonly disabled?: boolean;
  text(): string;
  onCopied(): void;
}

function CopyButton({ what, icon, isFirst = false, disabled = false, text, onCopied }: CopyButtonProps) {
  const { copy, copied, error } = useClipboard();
  useEffect(() => {
    if (error) noticeFault('Nothing was copied', error);
  }, [error]);
  return (
    <Button
      className={css.copy}
      variant={isFirst ? 'filled' : 'default'}
      leftSection={copied ? <IconCheck size={16} stroke={1.5} /> : icon}
      disabled={disabled}
      onClick={() => {
        copy(text());
        onCopied();
      }}
    >
      {copied ? 'Copied' : `Copy ${what}`}
    </Button>
  );
}

interface WaySectionProps {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

function Way({ title, aside, children }: WaySectionProps) {
  return (
    <section className={css.way} aria-label={title}>
      <div className={css.wayHead}>
        <h3 className={css.heading}>{title}</h3>
        {aside}
      </div>
      {children}
    </section>
  );
}
