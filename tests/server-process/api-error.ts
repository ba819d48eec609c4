/** A call that the server refused, with the code of its answer. */
export class ApiError extends Error {
	readonly code: string;

	constructor(path: string, code: string) {
		super(`${path}: ${code}`);
		this.name = "ApiError";
		this.code = code;
	}
}

/** A call whose answer never came: it may have been carried out. */
export class ConnectionLost extends Error {
	constructor(path: string) {
		super(`${path}: the connection was lost`);
		this.name = "ConnectionLost";
	}
}

/** The part of a failed call's answer that matters, over HTTP and sockets alike. */
export interface WireFailure {
	readonly data?: { readonly kith?: { readonly code?: string } };
}

export const apiErrorOf = (path: string, failure: WireFailure): ApiError =>
	new ApiError(path, failure.data?.kith?.code ?? "internal");
