import type { MatrixRoute } from "./matrix-route.ts";
import { deviceRoutes } from "./routes/device-routes.ts";
import { directoryRoutes } from "./routes/directory-routes.ts";
import { discoveryRoutes } from "./routes/discovery-routes.ts";
import { eventRoutes } from "./routes/event-routes.ts";
import { keyRoutes } from "./routes/key-routes.ts";
import { mediaRoutes } from "./routes/media-routes.ts";
import { membershipRoutes } from "./routes/membership-routes.ts";
import { openIdRoutes } from "./routes/open-id-routes.ts";
import { transactionRoutes } from "./routes/transaction-routes.ts";

/** Every endpoint that other servers may ask, by theme. */
export const matrixRoutes: readonly MatrixRoute[] = [
	...discoveryRoutes,
	...keyRoutes,
	...eventRoutes,
	...directoryRoutes,
	...deviceRoutes,
	...mediaRoutes,
	...openIdRoutes,
	...membershipRoutes,
	...transactionRoutes,
];
