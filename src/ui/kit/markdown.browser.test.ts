import { expect, test } from 'vitest';
import { markdownFragment } from './markdown-body.tsx';

function html(text: string): string {
  const place = document.createElement('div');
  place.append(markdownFragment(text));
  return place.innerHTML;
}

test('markdown becomes elements', () => {
  expect(html('**Rain** in `mm`')).toContain('<strong>Rain</strong> in <code>mm</code>');
  expect(html('| a | b |\n|---|---|\n| 1 | 2 |')).toContain('<td>2</td>');
});

test('links open elsewhere, and only to where links may go', () => {
  expect(html('[docs](https://example.org)')).toContain('rel="noopener noreferrer"');
  expect(html('[x](javascript:alert(1))')).not.toContain('javascript');
  expect(html('[x](data:text/html,hi)')).not.toContain('data:');
});

test('nothing in markdown runs or loads', () => {
  const hostile = [
    '<script>window.hacked = true</script>',
    '<img src="https://example.org/x.png" onerror="window.hacked = true">',
    '![alt](https://example.org/x.png)',
    '<svg><style>@import "https://example.org"</style></svg>',
    '<iframe src="https://example.org"></iframe><form action="https://example.org"><input></form>',
    '<p style="background: url(https://example.org)" onclick="window.hacked = true">text</p>',
  ].join('\n\n');
  const fragment = markdownFragment(hostile);
  const elements = [...fragment.querySelectorAll('*')];
  expect(new Set(elements.map(({ localName }) => localName))).toEqual(new Set(['p', 'a']));
  const attributes = new Set(elements.flatMap((element) => element.getAttributeNames()));
  expect(attributes).toEqual(new Set(['href', 'target', 'rel']));
  expect(fragment.textContent).toContain('<script>window.hacked = true</script>');
  expect(fragment.textContent).toContain('alt');
  expect('hacked' in window).toBe(false);
});
