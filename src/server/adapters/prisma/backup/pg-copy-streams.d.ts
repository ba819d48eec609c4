/** The two directions that are used; the package brings no declarations. */
declare module "pg-copy-streams" {
	import type { Readable, Writable } from "node:stream";
	import type { Submittable } from "pg";

	/** The answer of `COPY … TO STDOUT`; runs when it is given to `client.query`. */
	export function to(text: string): Readable & Submittable;
	/** The rows of `COPY … FROM STDIN`; finishes when the database has taken them. */
	export function from(text: string): Writable & Submittable;
}
