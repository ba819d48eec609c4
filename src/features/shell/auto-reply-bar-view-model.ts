import { autoReply, switchOff } from "../../client/auto-reply/auto-reply-state.ts";
import { useObservable } from "../../client/hooks/use-observable.ts";
import type { AutoReplyBarProps } from "./auto-reply-bar-view.tsx";

/** Whether this device answers by itself. */
export function useAutoReplyBar(): AutoReplyBarProps {
	return { isOn: useObservable(autoReply, ({ isOn }) => isOn), onStop: () => switchOff() };
}
