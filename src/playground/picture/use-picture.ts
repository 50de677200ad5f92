import { type GraphQLSchema, isInterfaceType, parse, print } from 'graphql';
import { useEffect, useState } from 'react';
import { emptyPiece, type Piece } from '../../drawing/piece.ts';
import { say } from '../../drawing/say.ts';
import { language } from '../language/language.ts';
import type { Exchange, Question } from '../requests/exchange.ts';
import { send } from '../requests/send.ts';
import { drawableOf } from './drawable.ts';
import { questionForPicture } from './for-picture.ts';
import { pieceFromResult } from './from-result.ts';

/** The graph of a response, with a note. */
export interface Picture {
  readonly piece: Piece;
  readonly isLoading?: boolean;
  readonly note?: string;
}

const nothing: Picture = { piece: emptyPiece };

/** The graph of a response to a query; names are enough for entities where no slugs could be added. */
function drawn(data: unknown, question: Question, schema: GraphQLSchema | null | undefined, isNamed: boolean): Piece {
  return pieceFromResult(schema ? drawableOf(data, question, schema) : data, { isNamed });
}

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
    const { question, kind } = exchange;
    const asItIs = () => drawn(data, question, schema, true);
    if (query === undefined) {
      setPicture({ piece: drawn(data, question, schema, !schema || kind !== 'query') });
      return;
    }
    const stop = new AbortController();
    setPicture({ piece: emptyPiece, isLoading: true });
    const asked = { ...question, query };
    send(asked, exchange.headers, stop.signal)
      .then(({ result }) => {
        if (!result.data) throw new Error(result.errors?.[0]?.message ?? say('The response has no data.'));
        return {
          piece: drawn(result.data, asked, schema, false),
          note: say('To draw this graph, the query was run again with the slug, name and kind of each entity.'),
        };
      })
      .catch((error: Error) => ({
        piece: asItIs(),
        note: say('Drawn by names only, because the query with slugs failed: {reason}', { reason: error.message }),
      }))
      .then((picture) => {
        if (!stop.signal.aborted) setPicture(picture);
      });
    return () => stop.abort();
  }, [result, schema]);
  return picture;
}
