// Markdown as elements. The text may come from anyone: it is sanitized, and nothing in it may load anything.

import DOMPurify from 'dompurify';
import { Marked } from 'marked';
import { useLayoutEffect, useRef } from 'react';
import css from './markdown.module.css';

const tags = [
  ...['p', 'br', 'hr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'li', 'blockquote', 'pre', 'code'],
  ...['em', 'strong', 'del', 'a', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'sup', 'sub', 'kbd'],
];

const escaped = (text: string) => text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);

// HTML in it is text like any other, and a picture is what it says of itself.
const formatter = new Marked({
  gfm: true,
  renderer: { html: ({ text }) => escaped(text), image: ({ text }) => escaped(text) },
});

/** Markdown as a fragment of harmless elements: text, lists, tables and links that open elsewhere. */
export function markdownFragment(text: string): DocumentFragment {
  const html = formatter.parse(text, { async: false });
  const fragment = DOMPurify.sanitize(html, {
    ALLOWED_TAGS: tags,
    ALLOWED_ATTR: ['href', 'start', 'align'],
    ALLOWED_URI_REGEXP: /^(?:https?:|mailto:|#)/i,
    RETURN_DOM_FRAGMENT: true,
  });
  for (const link of fragment.querySelectorAll('a')) {
    link.target = '_blank';
    link.rel = 'noopener noreferrer';
  }
  return fragment;
}

export function MarkdownBody({ text }: { readonly text: string }) {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => place.current?.replaceChildren(markdownFragment(text)), [text]);
  return <div ref={place} className={css.markdown} />;
}
