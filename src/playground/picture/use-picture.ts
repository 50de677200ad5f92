import { type GraphQLSchema, isInterfaceType, parse, print } from 'graphql';
import { useEffect, useState } from 'react';
import { emptyPiece, type Piece } from '../../drawing/piece.ts';
import { say } from '../../drawing/say.ts';
import { language } from '../language/language.ts';
import type { Exchange } from '../requests/exchange.ts';
import { send } from '../requests/send.ts';
import { questionForPicture } from './for-picture.ts';
import { pieceFromResult } from './from-result.ts';

/** The graph of a response, with a note. */
export interface Picture {
  readonly piece: Piece;
  readonly isLoading?: boolean;
  readonly note?: string;
}

const nothing: Picture = { piece: emptyPiece };

/** Field with names in Chinese, if they are to be drawn and every kind has it. */
function otherNames(schema: GraphQLSchema): readonly string[] {
  const entity = schema.getType('Entity');
  return language === 'zh-Hans' && isInterfaceType(entity) && 'nameZh' in entity.getFields() ? ['nameZh'] : [];
}

/** The query with the fields for drawing, or undefined if not needed or not possible. */
function completed({ question, kind }: Exchange, schema: GraphQLSchema | null | undefined): string | undefined {
  if (!schema || kind !== 'query') return undefined;
  const document = questionForPicture(parse(question.query), schema, otherNames(schema));
  return document && print(document);
}

/**
 * The graph of a response. If the query lacks fields for drawing, it is run again with these.
 */
export function usePicture(exchange: Exchange | undefined, schema: GraphQLSchema | null | undefined): Picture {
  const [picture, setPicture] = useState(nothing);
  const result = exchange?.result;
  // Drawn again only when the result changes.
  useEffect(() => {
    const data = result?.data;
    if (!exchange || !data) {
      setPicture(nothing);
      return;
    }
    const query = completed(exchange, schema);
    const asItIs = () => pieceFromResult(data, { isNamed: true });
    if (query === undefined) {
      setPicture({ piece: schema && exchange.kind === 'query' ? pieceFromResult(data, { isNamed: false }) : asItIs() });
      return;
    }
    const stop = new AbortController();
    setPicture({ piece: emptyPiece, isLoading: true });
    send({ ...exchange.question, query }, exchange.headers, stop.signal)
      .then(({ result }) => {
        if (!result.data) throw new Error(result.errors?.[0]?.message ?? say('The response has no data.'));
        return {
          piece: pieceFromResult(result.data, { isNamed: false }),
          note: say('To draw this graph, the query was run again with the slug, name and kind of each entity.'),
        };
      })
      .catch((error: Error) => ({
        piece: asItIs(),
        note: say('Drawn by names only, because the query with slugs failed: {reason}', { reason: error.message }),
      }))
      .then((drawn) => {
        if (!stop.signal.aborted) setPicture(drawn);
      });
    return () => stop.abort();
  }, [result, schema]);
  return picture;
}
