import type { MatrixHost } from "./matrix/handle-matrix-request.ts";
import type { TransportHost } from "./trpc/transport-host.ts";

/** Everything that one process serves with. */
export interface Container extends TransportHost, MatrixHost {
	/** False while other processes' changes cannot be heard. */
	isBusReady(): boolean;
	/** Ends subscriptions, lets writes finish, closes what this opened. */
	close(): Promise<void>;
}

const key = Symbol.for("kith.container");

const holder = globalThis as { [key]?: Container };

/** Routes of Next and the server's own modules are separate copies of the code: what they share lives on globalThis. */
export const setContainer = (container: Container | undefined): void => {
	if (container === undefined) delete holder[key];
	else holder[key] = container;
};

/** The container of this process. Throws before it is built. */
export const getContainer = (): Container => {
	const container = holder[key];
	if (container === undefined) throw new Error("the container of this process is not built yet");
	return container;
};
