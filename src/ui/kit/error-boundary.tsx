// One per panel: a bug in one place leaves the rest of the screen, and the work, as they were.

import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { ErrorState } from './panel-state.tsx';

interface ErrorBoundaryProps {
  /** The panel's name, as in "The inspector failed". */
  readonly name: string;
  readonly children: ReactNode;
  /** When it changes, the panel is tried again. */
  readonly resetKey?: string | undefined;
}

interface ErrorBoundaryState {
  readonly error: Error | undefined;
  readonly resetKey: string | undefined;
}

export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { error: undefined, resetKey: this.props.resetKey };

  static getDerivedStateFromError(error: unknown): Partial<ErrorBoundaryState> {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  static getDerivedStateFromProps(
    props: ErrorBoundaryProps,
    state: ErrorBoundaryState,
  ): Partial<ErrorBoundaryState> | null {
    return props.resetKey === state.resetKey ? null : { error: undefined, resetKey: props.resetKey };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <ErrorState
        title={`${this.props.name} failed`}
        action={
          <Button variant="default" onClick={() => this.setState({ error: undefined })}>
            Show it again
          </Button>
        }
      >
        Your work is not affected. {error.message}
      </ErrorState>
    );
  }
}
