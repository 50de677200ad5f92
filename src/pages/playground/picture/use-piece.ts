import { useGraphiQL } from '@graphiql/react';
import { type GraphQLSchema, isInterfaceType } from 'graphql';
import { useEffect, useState } from 'react';
import type { Piece } from '../../drawing/piece.ts';
import { pieceFromResult } from '../../drawing/result/piece-from-result.ts';
import { say } from '../../drawing/say.ts';
import { language } from '../language/language.ts';
import type { Exchange } from '../requests/exchange.ts';
import { send } from '../requests/send.ts';
import { withEntityFields } from './entity-fields.ts';

interface Picture {
  readonly piece: Piece;
  readonly note?: string;
}

/** Field with names in Chinese, if they are to be drawn and every kind has it. */
function otherNames(schema: GraphQLSchema): readonly string[] {
  const entity = schema.getType('Entity');
  return language === 'zh-Hans' && isInterfaceType(entity) && 'nameZh' in entity.getFields() ? ['nameZh'] : [];
}

/** The graph of the response to a query that was run again with what a drawing needs. */
async function drawnAgain({ question, headers }: Exchange, query: string, signal: AbortSignal): Promise<Picture> {
  const { result } = await send({ ...question, query }, headers, signal);
  if (!result.data) throw new Error(result.errors?.[0]?.message ?? say('The response has no data.'));
  return {
    piece: pieceFromResult(result.data),
    note: say('To draw this graph, the query was run again with the slug, name and kind of each entity.'),
  };
}

/** The graph of a response. A query that lacks fields for drawing is run again with these. @returns undefined while loading */
export function usePiece(exchange: Exchange | undefined): Picture | undefined {
  const schema = useGraphiQL((state) => state.schema);
  const [picture, setPicture] = useState<Picture | undefined>();
  const result = exchange?.result;
  useEffect(() => {
    const asItIs = { piece: pieceFromResult(result?.data) };
    const query =
      exchange?.kind === 'query' && schema && result?.data
        ? withEntityFields(exchange.question.query, schema, otherNames(schema))
        : undefined;
    if (!exchange || query === undefined) {
      setPicture(asItIs);
      return;
    }
    const stop = new AbortController();
    setPicture(undefined);
    drawnAgain(exchange, query, stop.signal)
      .catch(({ message }: Error) => ({ ...asItIs, note: say('Not all is drawn: {reason}', { reason: message }) }))
      .then((drawn) => {
        if (!stop.signal.aborted) setPicture(drawn);
      });
    return () => stop.abort();
    // Drawn again only when the result changes.
  }, [result, schema]);
  return picture;
}
