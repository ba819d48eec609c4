import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { startNext } from "../../src/server/process/start-next.ts";

export interface TestNextServer extends AsyncDisposable {
	/** `http://127.0.0.1:PORT` */
	readonly origin: string;
}

/** The built pages and routes as Next alone serves them, on the container of this process: nothing of main.ts. */
export async function startTestNextServer(): Promise<TestNextServer> {
	const app = await startNext(join(import.meta.dirname, "../.."), { mode: "production", host: "127.0.0.1", port: 80 });
	const server = createServer((request, response) => void app.handle(request, response));
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	return {
		origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		[Symbol.asyncDispose]: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
			await app.close();
		},
	};
}
