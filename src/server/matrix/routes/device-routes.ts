import type { MatrixRoute } from "../matrix-route.ts";

/** Hundreds of people and their devices. */
const maxBodyBytes = 1_048_576;

/** Whose devices there are here. Matrix v1.19 Server-Server API, "Device Management", "End-to-End Encryption". */
export const deviceRoutes: readonly MatrixRoute[] = [
	{
		method: "GET",
		path: "/_matrix/federation/v1/user/devices/{userId}",
		isSigned: true,
		maxBodyBytes: 0,
		answer: ({ devices }, { origin, params }) => devices.userDevices({ origin, userId: params["userId"] ?? "" }),
	},
	{
		method: "POST",
		path: "/_matrix/federation/v1/user/keys/query",
		isSigned: true,
		maxBodyBytes,
		answer: ({ devices }, { origin, content }) => devices.query({ origin, content }),
	},
	{
		method: "POST",
		path: "/_matrix/federation/v1/user/keys/claim",
		isSigned: true,
		maxBodyBytes,
		answer: ({ devices }, { origin, content }) => devices.claim({ origin, content }),
	},
];
