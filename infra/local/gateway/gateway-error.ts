/** An error that a caller of the gateway is told: plain text, as OpenFaaS has it. */
export class GatewayError extends Error {
  override name = 'GatewayError';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}
