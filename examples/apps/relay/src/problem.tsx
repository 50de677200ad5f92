import { Component, type ReactNode } from 'react';

interface ProblemProps {
  readonly children: ReactNode;
}

/** Shows why what is inside cannot be shown. Without it, React would leave an empty page. */
export class Problem extends Component<ProblemProps, { readonly message?: string }> {
  override state: { readonly message?: string } = {};

  static getDerivedStateFromError(error: Error) {
    return { message: error.message };
  }

  override render() {
    const { message } = this.state;
    return message === undefined ? this.props.children : <p role="alert">{message}</p>;
  }
}
