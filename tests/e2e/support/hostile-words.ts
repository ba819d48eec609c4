import { expect, type Locator } from "@playwright/test";
import type { ChatScreen } from "./chat-screen.ts";

/** What a page asks for that is not on its own server; what is made in the page itself is not asked for. */
export const watchOthers = ({ page }: ChatScreen, origin: string): readonly string[] => {
	const others: string[] = [];
	page.context().on("request", (request) => {
		if (!request.url().startsWith(origin) && !/^(data|blob):/.test(request.url())) others.push(request.url());
	});
	return others;
};

/** Nothing there can be followed to elsewhere, is a picture from elsewhere, or is markup that a model wrote. */
export const expectPlain = async (part: Locator, origin: string): Promise<void> => {
	const found = await part.evaluate((element, own) => {
		const places = [...element.querySelectorAll("[href], [src], [srcset], [poster], [data]")].flatMap((one) =>
			["href", "src", "srcset", "poster", "data"].flatMap((name) => one.getAttribute(name) ?? []),
		);
		return {
			elsewhere: places.filter((place) => !new URL(place, location.href).href.startsWith(own)),
			markup: element.querySelectorAll("img, iframe, object, video, script, style").length,
		};
	}, origin);
	expect(found).toEqual({ elsewhere: [], markup: 0 });
};

/** What can be followed there, but for people's own addresses, stands letter by letter in what people wrote; nothing is fetched or drawn. */
export const expectKnownLinks = async (part: Locator, sources: readonly string[]): Promise<void> => {
	const links = await part.getByRole("link").evaluateAll((all) => all.map((one) => one.getAttribute("href") ?? ""));
	expect(links.filter((link) => !sources.some((source) => source.includes(link)))).toEqual([]);
	await expect(part.locator(".text :is(img, iframe, object, video, script, style)")).toHaveCount(0);
};
