import { describe, expect, it } from "vitest";
import { createRouteMatcher } from "./match-route.ts";
import type { MatrixRoute } from "./matrix-route.ts";

const route = (method: MatrixRoute["method"], path: string): MatrixRoute => ({
	method,
	path,
	isSigned: false,
	maxBodyBytes: 0,
	answer: () => Promise.reject(new Error("nobody asks")),
});

const event = route("GET", "/_matrix/federation/v1/event/{eventId}");
const list = route("GET", "/_matrix/federation/v1/publicRooms");
const search = route("POST", "/_matrix/federation/v1/publicRooms");
const make = route("GET", "/_matrix/federation/v1/make_join/{roomId}/{userId}");
const match = createRouteMatcher([event, list, search, make]);

describe("the endpoint of a path", () => {
	it("is found by method, with its parameters decoded one by one", () => {
		expect(match("GET", "/_matrix/federation/v1/event/%24abc")).toEqual({
			kind: "found",
			route: event,
			params: { eventId: "$abc" },
		});
		expect(match("GET", "/_matrix/federation/v1/make_join/!r:a.example/%40u%2Fx%3Ab")).toMatchObject({
			route: make,
			params: { roomId: "!r:a.example", userId: "@u/x:b" },
		});
		expect(match("POST", "/_matrix/federation/v1/publicRooms")).toMatchObject({ route: search });
	});

	it("says which methods a known path has", () => {
		expect(match("PUT", "/_matrix/federation/v1/publicRooms")).toEqual({
			kind: "wrongMethod",
			allowed: ["GET", "POST"],
		});
		expect(match("HEAD", "/_matrix/federation/v1/event/$a")).toEqual({ kind: "wrongMethod", allowed: ["GET"] });
	});

	it.each([
		"",
		"/",
		"/_matrix/federation/v1/event",
		"/_matrix/federation/v1/event/",
		"/_matrix/federation/v1/event/$a/",
		"/_matrix/federation/v1/event/$a/b",
		"//_matrix/federation/v1/event/$a",
		"/_matrix/federation/v1/event/%zz",
		"/_matrix/federation/v1/event/%ff",
		"/_matrix/federation/v1/%65vent/$a",
		"/_matrix/federation/V1/event/$a",
		"/_matrix/federation/v1/publicRooms/",
		"/_matrix/federation/v1/x/../event/$a",
		"/_matrix/federation/v1/{eventId}",
	])("is unknown: %s", (path) => {
		expect(match("GET", path)).toEqual({ kind: "unknown" });
	});
});
