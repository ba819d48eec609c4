/** Where a file is: which server has it, and under which id. Matrix v1.19 Client-Server API, "Content repository". */
export interface MediaAddress {
	readonly serverName: string;
	readonly mediaId: string;
}

/** Where our own server takes pictures and, with `/server/id` behind it, gives them. */
export const mediaPath = "/api/media";

/** Where our own server takes files to which messages refer and, with `/server/id` behind it, gives them as bytes. */
export const filesPath = "/api/files";

/** Reads `mxc://server/id`; undefined for anything else. */
export function parseMediaAddress(url: string): MediaAddress | undefined {
	const found = /^mxc:\/\/([A-Za-z0-9[][A-Za-z0-9.:[\]-]{0,229})\/([\w-]{1,255})$/.exec(url);
	const [, serverName, mediaId] = found ?? [];
	return serverName === undefined || mediaId === undefined ? undefined : { serverName, mediaId };
}

/** Where our own pages get it from: their server has it, or asks the one that has. undefined for anything but an address. */
export function mediaAddressPath(url: string, kind: "picture" | "file" = "picture"): string | undefined {
	const address = parseMediaAddress(url);
	return address && `${kind === "file" ? filesPath : mediaPath}/${address.serverName}/${address.mediaId}`;
}

export function formatMediaAddress({ serverName, mediaId }: MediaAddress): string {
	return `mxc://${serverName}/${mediaId}`;
}
