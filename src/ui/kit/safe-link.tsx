// An address from a project's data: a link only when following it can do nothing but go there.

import css from './metadata-records.module.css';

const safeProtocols = new Set(['http:', 'https:', 'mailto:']);

export function SafeLink({
  address,
  label = address,
}: {
  readonly address: string;
  readonly label?: string;
}) {
  const isSafe = URL.canParse(address) && safeProtocols.has(new URL(address).protocol);
  if (!isSafe) return <span className={css.text}>{label}</span>;
  return (
    <a className={css.link} href={address} title={address} target="_blank" rel="noopener noreferrer">
      {label}
    </a>
  );
}
