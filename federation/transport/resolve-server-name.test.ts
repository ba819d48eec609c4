import { describe, expect, it } from "vitest";
import type { ServiceRecord } from "../ports/name-resolver.ts";
import { serverName } from "../testing/identifiers.ts";
import { resolveServerName } from "./resolve-server-name.ts";

interface World {
	/** What well-known files delegate to, by host. */
	readonly delegations?: Readonly<Record<string, string>>;
	/** SRV records by name. */
	readonly services?: Readonly<Record<string, readonly Partial<ServiceRecord>[]>>;
}

const resolveIn = async (name: string, { delegations = {}, services = {} }: World = {}) => {
	const asked: string[] = [];
	const resolution = await resolveServerName(serverName(name), {
		delegatedName: async (host) => {
			asked.push(`https://${host}/`);
			const delegated = delegations[host];
			return delegated === undefined ? undefined : serverName(delegated);
		},
		services: {
			find: async (service) => {
				asked.push(service);
				return (services[service] ?? []).map((record) => ({
					host: "srv.example",
					port: 443,
					priority: 1,
					weight: 1,
					...record,
				}));
			},
		},
		random: () => 0.5,
	});
	return { resolution, asked };
};

const route = (hostHeader: string, certificateName: string, ...endpoints: readonly string[]) => ({
	kind: "resolved",
	route: {
		hostHeader,
		certificateName,
		endpoints: endpoints.map((endpoint) => {
			const colon = endpoint.lastIndexOf(":");
			return { host: endpoint.slice(0, colon), port: Number(endpoint.slice(colon + 1)) };
		}),
	},
});

describe("server names", () => {
	it.each([
		["192.0.2.1", route("192.0.2.1", "192.0.2.1", "192.0.2.1:8448")],
		["192.0.2.1:443", route("192.0.2.1:443", "192.0.2.1", "192.0.2.1:443")],
		["[2001:db8::1]", route("[2001:db8::1]", "2001:db8::1", "2001:db8::1:8448")],
		["[2001:DB8::1]:443", route("[2001:DB8::1]:443", "2001:db8::1", "2001:db8::1:443")],
	])("NAME-01 that are IP literals are the address itself: %s", async (name, expected) => {
		expect(await resolveIn(name, { delegations: { [name]: "elsewhere.example" } })).toEqual({
			resolution: expected,
			asked: [],
		});
	});

	it("NAME-02 with a port are that host and port, without asking anybody", async () => {
		expect(await resolveIn("Chat.example:443", { delegations: { "chat.example": "elsewhere.example" } })).toEqual({
			resolution: route("Chat.example:443", "chat.example", "chat.example:443"),
			asked: [],
		});
	});

	it.each([
		["3.1 an IP literal", "192.0.2.1", route("192.0.2.1", "192.0.2.1", "192.0.2.1:8448")],
		["3.1 an IP literal and port", "[2001:db8::1]:1", route("[2001:db8::1]:1", "2001:db8::1", "2001:db8::1:1")],
		["3.2 a name and port", "m.example:1", route("m.example:1", "m.example", "m.example:1")],
	])("NAME-03 delegate by their well-known file to %s", async (_, delegated, expected) => {
		expect(await resolveIn("chat.example", { delegations: { "chat.example": delegated } })).toEqual({
			resolution: expected,
			asked: ["https://chat.example/"],
		});
	});

	it("NAME-03 3.3 and 3.4 delegate to a name with SRV records, whose certificate is the delegated name's", async () => {
		const delegations = { "chat.example": "m.example" };
		const both = { "_matrix-fed._tcp.m.example": [{}], "_matrix._tcp.m.example": [{ port: 1 }] };
		const first = await resolveIn("chat.example", { delegations, services: both });
		expect(first.resolution).toEqual(route("m.example", "m.example", "srv.example:443"));
		expect(first.asked).toEqual(["https://chat.example/", "_matrix-fed._tcp.m.example"]);
		const old = await resolveIn("chat.example", { delegations, services: { "_matrix._tcp.m.example": [{ port: 1 }] } });
		expect(old.resolution).toEqual(route("m.example", "m.example", "srv.example:1"));
	});

	it("NAME-03 3.5 delegate to a name without SRV records, at 8448, whose own file is not read", async () => {
		const { resolution, asked } = await resolveIn("chat.example", {
			delegations: { "chat.example": "m.example", "m.example": "third.example" },
		});
		expect(resolution).toEqual(route("m.example", "m.example", "m.example:8448"));
		expect(asked).not.toContain("https://m.example/");
	});

	it("NAME-04 without a file are found by SRV records, whose certificate is their own name's", async () => {
		const services = { "_matrix-fed._tcp.chat.example": [{}], "_matrix._tcp.chat.example": [{ port: 1 }] };
		expect((await resolveIn("chat.example", { services })).resolution).toEqual(
			route("chat.example", "chat.example", "srv.example:443"),
		);
		const old = { "_matrix._tcp.chat.example": [{ port: 1 }] };
		expect((await resolveIn("chat.example", { services: old })).resolution).toEqual(
			route("chat.example", "chat.example", "srv.example:1"),
		);
	});

	it("NAME-05 with nothing of this are at port 8448", async () => {
		expect(await resolveIn("chat.example")).toEqual({
			resolution: route("chat.example", "chat.example", "chat.example:8448"),
			asked: ["https://chat.example/", "_matrix-fed._tcp.chat.example", "_matrix._tcp.chat.example"],
		});
	});

	it("NAME-06 whose SRV record is the root have no server, and older records do not count", async () => {
		const services = { "_matrix-fed._tcp.chat.example": [{ host: "." }], "_matrix._tcp.chat.example": [{}] };
		expect((await resolveIn("chat.example", { services })).resolution).toMatchObject({ kind: "unresolved" });
	});

	it("NAME-06 have as many machines as are tried, in the order of priority", async () => {
		const many = Array.from({ length: 40 }, (_, index) => ({ host: `m${index}.example`, priority: 40 - index }));
		const { resolution } = await resolveIn("chat.example", { services: { "_matrix-fed._tcp.chat.example": many } });
		expect(resolution).toEqual(
			route(
				"chat.example",
				"chat.example",
				...[39, 38, 37, 36, 35, 34, 33, 32].map((index) => `m${index}.example:443`),
			),
		);
	});

	it.each(["chat.example:0", "chat.example:65536", "127.1", "2130706433", "0x7f.0.0.0x1", "a..example", "-a.example"])(
		"NAME-07 that no connection can be made to lead nowhere: %s",
		async (name) => {
			expect((await resolveIn(name)).resolution).toMatchObject({ kind: "unresolved" });
			const delegated = await resolveIn("chat.example", { delegations: { "chat.example": name } });
			expect(delegated.resolution).toMatchObject({ kind: "unresolved" });
			const target = { host: name.split(":")[0] ?? "", port: Number(name.split(":")[1] ?? "443") };
			const service = await resolveIn("chat.example", { services: { "_matrix-fed._tcp.chat.example": [target] } });
			expect(service.resolution).toMatchObject({ kind: "unresolved" });
		},
	);

	it("NAME-07 SRV records that name addresses lead nowhere", async () => {
		const services = { "_matrix-fed._tcp.chat.example": [{ host: "127.0.0.1" }, { host: "::1" }] };
		expect((await resolveIn("chat.example", { services })).resolution).toMatchObject({ kind: "unresolved" });
	});
});
