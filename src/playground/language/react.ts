import * as React from 'react';
import { spokenChildren, spokenProperties } from './spoken.ts';

export const { Component, Fragment, PureComponent } = React;

/** What the build gives the query builder in place of the function of React. */
export const createElement = (type: React.ElementType, properties: object | null, ...children: React.ReactNode[]) =>
  React.createElement(
    type,
    spokenProperties(type, properties as Readonly<Record<string, unknown>> | null),
    ...(spokenChildren(type, children) as React.ReactNode[]),
  );
