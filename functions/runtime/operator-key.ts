import { randomBytes } from "node:crypto";
import { secretFile } from "../../shared/adapters/local/secret-file.ts";
import { folderPaths } from "./local.ts";

/** The secret of a folder's operator: made once, as are those of its subscribers' links. */
export const localOperatorKey = (folder: string): string =>
  secretFile(folderPaths(folder).operatorKey, () => randomBytes(32).toString("base64url"));
