import { useRouter } from "next/router";
import { useEffect } from "react";
import { engineState } from "../../client/crypto/engine-state.ts";
import { clientStore } from "../../client/store/client-store.ts";
import { callCalm, whenCalm } from "../../components/calm.ts";

/** Where the frame leads; their scripts are fetched ahead, for a tap on a phone has no time before it. */
const frameAddresses = ["/new", "/you"];
/** What was waiting for keys is opened first. */
const openingMs = 1_500;

/** Calls the page calm once it is connected and its engine works, or does not; then fetches ahead where the frame leads. */
export function useCalm(): void {
	const router = useRouter();
	useEffect(() => {
		const whenDone: (() => void)[] = [];
		const look = (): void => {
			const { kind } = engineState.get();
			if (clientStore.get().connection.kind !== "online" || kind === "off" || kind === "starting") return;
			stop();
			const timer = setTimeout(callCalm, openingMs);
			whenDone.push(() => clearTimeout(timer));
		};
		const stop = (): void => {
			for (const done of whenDone.splice(0)) done();
		};
		whenDone.push(engineState.subscribe(look), clientStore.subscribe(look));
		look();
		return stop;
	}, []);
	useEffect(() => {
		let isGone = false;
		for (const address of frameAddresses) {
			void whenCalm().then(() => (isGone ? undefined : router.prefetch(address).catch(() => undefined)));
		}
		return () => {
			isGone = true;
		};
	}, [router]);
}
