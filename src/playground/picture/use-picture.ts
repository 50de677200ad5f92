import { type GraphQLSchema, parse, print } from 'graphql';
import { useEffect, useState } from 'react';
import { emptyPiece, type Piece } from '../../drawing/piece.ts';
import type { Exchange } from '../requests/exchange.ts';
import { send } from '../requests/send.ts';
import { questionForPicture } from './for-picture.ts';
import { pieceFromResult } from './from-result.ts';

/** The graph of an answer, and what is to be said about it. */
export interface Picture {
  readonly piece: Piece;
  readonly isLoading?: boolean;
  readonly note?: string;
}

const nothing: Picture = { piece: emptyPiece };

/** The question as a picture needs it asked; nothing where it was asked so, or cannot be. */
function completed({ question, kind }: Exchange, schema: GraphQLSchema | null | undefined): string | undefined {
  if (!schema || kind !== 'query') return undefined;
  const document = questionForPicture(parse(question.query), schema);
  return document && print(document);
}

/**
 * The graph of an answer. Where a query did not ask which entities its answer holds, it is asked once more, with that.
 */
export function usePicture(exchange: Exchange | undefined, schema: GraphQLSchema | null | undefined): Picture {
  const [picture, setPicture] = useState(nothing);
  const result = exchange?.result;
  // An exchange is drawn anew when its result is another one.
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
        if (!result.data) throw new Error(result.errors?.[0]?.message ?? 'There was no answer.');
        return {
          piece: pieceFromResult(result.data, { isNamed: false }),
          note: 'For this picture the query was asked once more, with the slug, name and kind of each entity.',
        };
      })
      .catch((error: Error) => ({
        piece: asItIs(),
        note: `Drawn by names alone, since the query could not be asked with slugs: ${error.message}`,
      }))
      .then((drawn) => {
        if (!stop.signal.aborted) setPicture(drawn);
      });
    return () => stop.abort();
  }, [result, schema]);
  return picture;
}
