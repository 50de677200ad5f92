import {
  defaultFieldResolver,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isIntrospectionType,
  isLeafType,
  isObjectType,
} from 'graphql';
import { type AnswerSize, keyBytes, leastBytes } from './answer-size.ts';

/** Part of the context for measuring responses. */
interface Measured {
  readonly answerSize?: AnswerSize | undefined;
}

/** Makes every field of a schema count its share of the response. */
export function measureAnswers(schema: GraphQLSchema): GraphQLSchema {
  const subscription = schema.getSubscriptionType();
  for (const type of Object.values(schema.getTypeMap())) {
    if (isObjectType(type) && !isIntrospectionType(type)) measureFields(type, type === subscription);
  }
  return schema;
}

function measureFields(type: GraphQLObjectType, isSubscription: boolean): void {
  for (const field of Object.values(type.getFields())) {
    const { resolve = defaultFieldResolver } = field;
    const named = getNamedType(field.type);
    // The internal value of an enumeration differs from its name in the response.
    const isText = isLeafType(named) && !isEnumType(named);
    field.resolve = (parent, args, context: Measured, info) => {
      const { answerSize } = context;
      if (!answerSize) return resolve(parent, args, context, info);
      // The root field of a subscription starts each response.
      if (isSubscription) answerSize.restart();
      const key = keyBytes(info.path.key as string);
      if (!isText) {
        answerSize.add(key);
        return resolve(parent, args, context, info);
      }
      const value: unknown = resolve(parent, args, context, info);
      if (value instanceof Promise) return value.then((settled) => measured(settled, key, answerSize));
      return measured(value, key, answerSize);
    };
  }
}

function measured(value: unknown, key: number, answerSize: AnswerSize): unknown {
  answerSize.add(key + leastBytes(value));
  return value;
}
