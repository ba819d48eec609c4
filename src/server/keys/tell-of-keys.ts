import type { Bus } from "../stream/public.ts";
import type { KeyStore } from "./ports.ts";

/** Keys changed, which took a position of the stream and may wait for other servers: says so to every process. */
export const tellOfKeys = async (store: Pick<KeyStore, "position">, bus: Pick<Bus, "publish">): Promise<void> => {
	bus.publish({ kind: "stream", position: await store.position() });
	bus.publish({ kind: "federation" });
};
