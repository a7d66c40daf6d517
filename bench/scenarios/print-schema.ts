// Prints the JSON schema of scenario files, as scenario-file.schema.json keeps it for editors.
import { jsonSchema } from './schema.ts';

console.log(JSON.stringify(jsonSchema(), undefined, 2));
