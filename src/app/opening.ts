// What a page of this app may be: the app itself, a picture of one project inside another page, or nothing. Inside
// another page the app proper could be clicked unawares, so it does not open there.

export type Opening = 'app' | 'embed' | 'refused';

/** `hash`: the address from "#" on; `isFramed`: whether the page stands inside another one. */
export function openingOf(hash: string, isFramed: boolean): Opening {
  const [path = '', query = ''] = hash.split('?', 2);
  if (/^#\/shared\/[\w-]+$/.test(path) && query.split('&').includes('embed=1')) return 'embed';
  return isFramed ? 'refused' : 'app';
}
