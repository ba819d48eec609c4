/** Where a file is: which server has it, and under which id. Matrix v1.19 Client-Server API, "Content repository". */
export interface MediaAddress {
	readonly serverName: string;
	readonly mediaId: string;
}

/** Reads `mxc://server/id`; undefined for anything else. */
export function parseMediaAddress(url: string): MediaAddress | undefined {
	const found = /^mxc:\/\/([A-Za-z0-9.:[\]-]{1,230})\/([\w-]{1,255})$/.exec(url);
	const [, serverName, mediaId] = found ?? [];
	return serverName === undefined || mediaId === undefined ? undefined : { serverName, mediaId };
}

export function formatMediaAddress({ serverName, mediaId }: MediaAddress): string {
	return `mxc://${serverName}/${mediaId}`;
}
