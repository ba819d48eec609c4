import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { testPicture, widened } from "../../../../tests/setup/test-pictures.ts";
import { encryptAttachment } from "../attachments/attachment-cipher.ts";
import type { AttachmentKeys } from "../attachments/encrypted-file.ts";
import { fetchPicture, openSealed } from "./open-picture.ts";

const png = testPicture("dot.png");
const path = "/api/files/two.example/abc";
const seal = (content: Uint8Array) =>
	encryptAttachment(new Blob([new Uint8Array(content)]), (count) => new Uint8Array(randomBytes(count)));
const bytesOf = async (blob: Blob) => Buffer.from(await blob.arrayBuffer());
/** A server that gives these bytes, called what it likes. */
const giving = (content: BlobPart, init: ResponseInit = { headers: { "content-type": "text/html" } }) => {
	const asked: RequestInit[] = [];
	return {
		asked,
		fetch: async (_: string, request: RequestInit) => {
			asked.push(request);
			return new Response(new Blob([content]), init);
		},
	};
};
const pauses: number[] = [];
const pause = async (delayMs: number) => void pauses.push(delayMs);
const fetchFrom = (server: Pick<ReturnType<typeof giving>, "fetch">, keys?: AttachmentKeys, isRetry = false) =>
	fetchPicture({ kind: "fetch", path, keys, isRetry }, { fetch: server.fetch, pause });

describe("a picture that somebody sent", () => {
	it("is opened as what its bytes are, whatever it was called on its way", async () => {
		const { ciphertext, keys } = await seal(png);
		const opened = await fetchFrom(giving(ciphertext), keys);
		if (opened.kind !== "opened") throw new Error(opened.fault);
		expect(opened.content.type).toBe("image/png");
		expect(await bytesOf(opened.content)).toEqual(png);
		expect(await fetchFrom(giving(new Uint8Array(png)))).toMatchObject({ kind: "opened" });
	});

	it("is nothing when a byte of it was changed, is missing or was added, or the keys are others", async () => {
		const { ciphertext, keys } = await seal(png);
		const bytes = new Uint8Array(await bytesOf(ciphertext));
		const changed = bytes.slice();
		changed[7] = (changed[7] ?? 0) ^ 1;
		const altered = { kind: "refused", fault: "altered" };
		expect(await fetchFrom(giving(changed), keys)).toEqual(altered);
		expect(await fetchFrom(giving(bytes.slice(0, -1)), keys)).toEqual(altered);
		expect(await fetchFrom(giving(new Uint8Array([...bytes, 0])), keys)).toEqual(altered);
		expect(await fetchFrom(giving(new Uint8Array(png)), keys)).toEqual(altered);
		const wrong = { ...keys, hashes: { sha256: (await seal(png)).keys.hashes.sha256 } };
		expect(await fetchFrom(giving(bytes), wrong)).toEqual(altered);
		for (const nonsense of [
			{ ...keys, v: "v1" },
			{ ...keys, iv: "short" },
			{ ...keys, key: { k: 1 } },
		]) {
			expect(await fetchFrom(giving(bytes), nonsense as never)).toEqual(altered);
		}
	});

	it("is nothing when what was sent as one runs, or is none", async () => {
		for (const page of ["<svg onload='alert(1)'/>", "<!doctype html><script>alert(1)</script>", "%PDF-1.7", ""]) {
			const { ciphertext, keys } = await seal(Buffer.from(page));
			const none = { kind: "refused", fault: "not-a-picture" };
			expect(await fetchFrom(giving(ciphertext), keys)).toEqual(none);
			expect(await fetchFrom(giving(page, { headers: { "content-type": "image/svg+xml" } }))).toEqual(none);
		}
	});

	it("is not decoded when it has more pixels than memory holds, nor read to its end when it has too many bytes", async () => {
		for (const bomb of [widened(png, 4_000_000_000), widened(png, 16_385)]) {
			const { ciphertext, keys } = await seal(bomb);
			expect(await fetchFrom(giving(ciphertext), keys)).toEqual({ kind: "refused", fault: "too-large" });
		}
		let given = 0;
		let isCancelled = false;
		const body = new ReadableStream<Uint8Array>({
			pull: (controller) => {
				given += 1;
				controller.enqueue(new Uint8Array(10_000_000));
			},
			cancel: () => {
				isCancelled = true;
			},
		});
		const endless = async () => new Response(body);
		expect(await fetchFrom({ fetch: endless })).toEqual({ kind: "refused", fault: "too-large" });
		expect([isCancelled, given < 12]).toEqual([true, true]);
	});

	it("says whether it is gone or may come later, and asks past what the browser remembers when it is tried again", async () => {
		expect(await fetchFrom(giving("", { status: 404 }))).toEqual({ kind: "refused", fault: "gone" });
		for (const status of [401, 429, 500, 503]) {
			expect(await fetchFrom(giving("", { status }))).toEqual({ kind: "refused", fault: "unavailable" });
		}
		const offline = async () => Promise.reject(new TypeError("offline"));
		expect(await fetchFrom({ fetch: offline })).toEqual({ kind: "refused", fault: "unavailable" });
		const server = giving(new Uint8Array(png));
		await fetchFrom(server);
		await fetchFrom(server, undefined, true);
		expect(server.asked.map(({ cache }) => cache)).toEqual(["default", "reload"]);
	});
});

it("a picture is asked for again, a little later each time, where the server has too much to do", async () => {
	pauses.length = 0;
	const statuses = [429, 429, 200];
	const fetch = async () => new Response(new Blob([new Uint8Array(png)]), { status: statuses.shift() ?? 500 });
	expect(await fetchFrom({ fetch })).toMatchObject({ kind: "opened" });
	expect(pauses).toEqual([1000, 4000]);
	const always = async () => new Response("", { status: 429 });
	expect(await fetchFrom({ fetch: always })).toEqual({ kind: "refused", fault: "unavailable" });
	expect(pauses).toEqual([1000, 4000, 1000, 4000]);
});

describe("sealed bytes of this browser", () => {
	it("come out as they are for who sends them, and as a picture for who looks at them", async () => {
		const { ciphertext, keys } = await seal(Buffer.from("not a picture"));
		expect(await openSealed(ciphertext, keys, false)).toMatchObject({ kind: "opened" });
		expect(await openSealed(ciphertext, keys, true)).toEqual({ kind: "refused", fault: "not-a-picture" });
	});
});
