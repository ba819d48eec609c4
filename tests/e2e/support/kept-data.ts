import { expect, type Page } from "@playwright/test";

/** Waits until what the browser keeps of the account holds a text. */
export async function expectKept(page: Page, text: string): Promise<void> {
	await expect.poll(() => page.evaluate(readKept)).toContain(text);
}

/** True where what the browser keeps of any account holds a text. */
export async function keeps({ page }: { readonly page: Page }, text: string): Promise<boolean> {
	return (await page.evaluate(readKept)).includes(text);
}

/** How many records the browser keeps in a store of an account, whatever is in them. */
export function countKept({ page }: { readonly page: Page }, store: string): Promise<number> {
	return page.evaluate(async (wanted) => {
		const done = <T>(request: IDBRequest<T>): Promise<T> =>
			new Promise((resolve, reject) => {
				request.onsuccess = () => resolve(request.result);
				request.onerror = () => reject(request.error);
			});
		let count = 0;
		for (const { name } of await indexedDB.databases()) {
			const db = await done(indexedDB.open(name ?? ""));
			if (db.objectStoreNames.contains(wanted)) count += await done(db.transaction(wanted).objectStore(wanted).count());
			db.close();
		}
		return count;
	}, store);
}

/** Waits until the browser keeps nothing of any account. */
export async function expectNothingKept(page: Page): Promise<void> {
	await expect.poll(() => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))).toEqual([]);
	expect(await page.evaluate(() => localStorage.getItem("kith.account"))).toBeNull();
}

/** Everything in the account's database as text. Runs in the page. */
async function readKept(): Promise<string> {
	const done = <T>(request: IDBRequest<T>): Promise<T> =>
		new Promise((resolve, reject) => {
			request.onsuccess = () => resolve(request.result);
			request.onerror = () => reject(request.error);
		});
	const kept: unknown[] = [];
	for (const { name } of await indexedDB.databases()) {
		if (name === undefined) continue;
		const db = await done(indexedDB.open(name));
		const stores = [...db.objectStoreNames];
		kept.push(...(await Promise.all(stores.map((store) => done(db.transaction(store).objectStore(store).getAll())))));
		db.close();
	}
	return JSON.stringify(kept);
}
