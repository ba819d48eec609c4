import { type ClientState, initialState } from "./client-state.ts";
import { observable } from "./observable.ts";

/** Everything this page knows, in memory; the sync subscription and the answers of calls write it. */
export const clientStore = observable<ClientState>(initialState);
