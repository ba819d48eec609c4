import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Person } from "../../tests/server-process/add-people.ts";

/** Uploads one of the pictures beside this file and answers its address. */
export async function uploadPicture(origin: string, { cookie }: Person, name: string): Promise<string> {
	const response = await fetch(`${origin}/api/media`, {
		method: "POST",
		headers: { origin, cookie, "content-type": "image/webp" },
		body: await readFile(join(import.meta.dirname, "pictures", `${name}.webp`)),
	});
	const { contentUri } = (await response.json()) as { contentUri?: string };
	if (contentUri === undefined) throw new Error(`the picture ${name} was refused: ${response.status}`);
	return contentUri;
}
