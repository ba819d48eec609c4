import { clientStore } from "../store/client-store.ts";

/** Calls back when somebody else is signed in on this page, or nobody: what was said to one person is nobody else's. */
export function onOtherPerson(callback: () => void): void {
	let known = clientStore.get().me?.userId;
	clientStore.subscribe(() => {
		const userId = clientStore.get().me?.userId;
		if (userId === known) return;
		const hadSomebody = known !== undefined;
		known = userId;
		if (hadSomebody) callback();
	});
}
