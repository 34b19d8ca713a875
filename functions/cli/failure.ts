/** Exit codes, as `--help` tells them. */
export const EXIT = { done: 0, failed: 1, usage: 2, notFound: 3 } as const;

/** A command that could not do what was asked, for a reason that the message tells with what to do. */
export class CommandFailed extends Error {
  override readonly name = "CommandFailed";
  readonly exitCode: number;

  constructor(message: string, exitCode: number = EXIT.failed, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}
