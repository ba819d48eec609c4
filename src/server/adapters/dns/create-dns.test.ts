import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createDns, type DnsQueries } from "./create-dns.ts";
import { createHostsFile, parseHosts } from "./hosts-file.ts";

const nothing = async (): Promise<never> => {
	throw Object.assign(new Error("queryA ENOTFOUND"), { code: "ENOTFOUND" });
};

const dnsWith = (queries: Partial<Record<keyof DnsQueries, unknown>>, hosts = "") =>
	createDns({ resolve4: nothing, resolve6: nothing, resolveSrv: nothing, ...queries } as DnsQueries, async () =>
		parseHosts(hosts),
	);

it("takes addresses of both kinds, and what one query gives when the other fails", async () => {
	const four = async () => ["192.0.2.1"];
	const six = async () => ["2001:db8::1"];
	expect(await dnsWith({ resolve4: four, resolve6: six }).addresses.find("a.example")).toEqual([
		"2001:db8::1",
		"192.0.2.1",
	]);
	expect(await dnsWith({ resolve4: four }).addresses.find("a.example")).toEqual(["192.0.2.1"]);
	expect(await dnsWith({}).addresses.find("a.example")).toEqual([]);
});

it("tries few of many addresses, and some of each kind", async () => {
	const many = async () => Array.from({ length: 4000 }, (_, index) => `192.0.2.${index % 256}`);
	const found = await dnsWith({ resolve4: many, resolve6: async () => ["2001:db8::1"] }).addresses.find("a.example");
	expect(found).toHaveLength(5);
	expect(found[0]).toBe("2001:db8::1");
});

it("believes the machine's list of hosts before DNS", async () => {
	const hosts = "# a remark\n10.0.0.5\tChat.example chat # another\nnonsense chat.example\n\n::1 ip6-localhost\n";
	const dns = dnsWith({ resolve4: async () => ["192.0.2.1"] }, hosts);
	expect(await dns.addresses.find("chat.EXAMPLE.")).toEqual(["10.0.0.5"]);
	expect(await dns.addresses.find("other.example")).toEqual(["192.0.2.1"]);
});

it("asks nobody for localhost", async () => {
	const dns = dnsWith({ resolve4: async () => ["192.0.2.1"] });
	expect(await dns.addresses.find("localhost")).toEqual(["::1", "127.0.0.1"]);
	expect(await dns.addresses.find("a.localhost")).toEqual(["::1", "127.0.0.1"]);
});

it("reads SRV records, the one that names the root too", async () => {
	const record = { name: "m.example", port: 443, priority: 1, weight: 2 };
	const dns = dnsWith({ resolveSrv: async () => [record, { ...record, name: "" }] });
	expect(await dns.services.find("_matrix-fed._tcp.a.example")).toEqual([
		{ host: "m.example", port: 443, priority: 1, weight: 2 },
		{ host: ".", port: 443, priority: 1, weight: 2 },
	]);
	expect(await dnsWith({}).services.find("_matrix._tcp.a.example")).toEqual([]);
});

it("reads the list of hosts from its file, and does without one", async () => {
	const folder = await mkdtemp(join(tmpdir(), "kith-hosts-"));
	try {
		await writeFile(join(folder, "hosts"), "10.0.0.5 chat.example\n");
		expect(await createHostsFile(join(folder, "hosts"))()).toEqual(new Map([["chat.example", ["10.0.0.5"]]]));
		expect(await createHostsFile(join(folder, "none"))()).toEqual(new Map());
	} finally {
		await rm(folder, { recursive: true });
	}
});
