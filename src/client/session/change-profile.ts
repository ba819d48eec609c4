import type { Me } from "../store/client-state.ts";
import { clientStore } from "../store/client-store.ts";
import { api } from "../trpc/trpc.ts";

/** How this person wants to be called; shown here as soon as the server has it. */
export async function changeDisplayName(name: string): Promise<void> {
	const { displayName } = await api.accounts.changeDisplayName.mutate({ displayName: name });
	note({ displayName });
}

/** The `mxc://` address of their picture; null: none. */
export async function changePicture(avatarUrl: string | null): Promise<void> {
	await api.accounts.changeAvatar.mutate({ avatarUrl });
	note({ avatarUrl: avatarUrl ?? undefined });
}

function note(change: Partial<Pick<Me, "displayName" | "avatarUrl">>): void {
	clientStore.set((state) => (state.me === undefined ? state : { ...state, me: { ...state.me, ...change } }));
}
