import { escapeMarkup } from '../../ontology/escape-markup.ts';
import type { Language } from '../../ontology/language/labels.ts';
import { pictureMeta } from './html.ts';
import { type Preview, previewSize } from './preview-picture.ts';

const descriptions: Readonly<Record<Language, string>> = {
  en: 'Explore a knowledge graph: search it, follow its relations, and see how its entities are connected.',
  'zh-Hans': '浏览知识图谱：搜索、沿关系查看，了解各实体之间如何关联。',
};

interface Shown {
  /** Short name of the graph. */
  readonly brand: string;
  readonly title: string;
  readonly language: Language;
  /** Address of the server. */
  readonly base: string;
}

/** What the picture for previews of links to the explorer shows. */
export const explorerPreview = ({ brand, title, language }: Omit<Shown, 'base'>, origin: string): Preview => ({
  kind: brand,
  title,
  text: descriptions[language],
  origin,
});

/** The page of the explorer with metadata for previews of links: its title, in a language, and a picture if there is one. */
export function withPreviewHead(html: string, shown: Shown, hasPicture: boolean): string {
  const { language, base } = shown;
  const [brand, name] = [escapeMarkup(shown.brand), escapeMarkup(shown.title)];
  const description = escapeMarkup(descriptions[language]);
  const address = `${base}/explore/assets/preview.png?lang=${language}`;
  const head = `<title>${name} · ${brand}</title>
    <meta name="description" content="${description}">
    <meta property="og:title" content="${name}">
    <meta property="og:description" content="${description}">
    <meta property="og:type" content="website">
    <meta property="og:site_name" content="${brand}">
    ${pictureMeta(hasPicture ? { address, ...previewSize } : undefined)}`;
  return html.replace('<html lang="en">', `<html lang="${language}">`).replace('<title>Silkgraph</title>', () => head);
}
