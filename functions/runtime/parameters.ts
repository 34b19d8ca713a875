import {
  DeleteParameterCommand,
  GetParametersCommand,
  ParameterAlreadyExists,
  ParameterNotFound,
  PutParameterCommand,
  SSMClient,
} from "@aws-sdk/client-ssm";

/** Short texts under names, some of them secret: the deployment's own knowledge of itself. */
export interface Parameters {
  /** The values of those that exist. */
  read(...names: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Keeps a secret, encrypted. @returns false when the name is taken: what is there stays */
  keepSecret(name: string, value: string): Promise<boolean>;
  /** Idempotent. */
  remove(name: string): Promise<void>;
}

/** Parameters in AWS Systems Manager. */
export function ssmParameters(client = new SSMClient({})): Parameters {
  return {
    async read(...names) {
      const { Parameters: found = [] } = await client.send(
        new GetParametersCommand({ Names: [...names], WithDecryption: true }),
      );
      return new Map(found.map(({ Name = "", Value = "" }) => [Name, Value]));
    },
    async keepSecret(name, value) {
      try {
        await client.send(
          new PutParameterCommand({ Name: name, Value: value, Type: "SecureString", Overwrite: false }),
        );
        return true;
      } catch (error) {
        if (error instanceof ParameterAlreadyExists) return false;
        throw error;
      }
    },
    async remove(name) {
      try {
        await client.send(new DeleteParameterCommand({ Name: name }));
      } catch (error) {
        if (!(error instanceof ParameterNotFound)) throw error;
      }
    },
  };
}
