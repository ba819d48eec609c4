import { afterEach, expect, it } from "vitest";
import { joinWindows, type WindowNews } from "../windows/window-channel.ts";
import { autoReply, noAutoReply, switchOff, switchOn } from "./auto-reply-state.ts";
import { hearAutoReply, keepAutoReply } from "./keep-auto-reply.ts";

const leaving = new AbortController();
const heard: WindowNews[] = [];
const stop = joinWindows("@ada:a", () => undefined);
const other = new BroadcastChannel("kith @ada:a");
other.onmessage = ({ data }) => void heard.push(data);

afterEach(() => {
	leaving.abort();
	other.close();
	stop();
});

it("windows tell each other what was switched, and say nothing back of what they heard", async () => {
	await keepAutoReply(leaving.signal);
	switchOn("Away", 1_000);
	await expect.poll(() => heard).toMatchObject([{ kind: "autoReply", state: { isOn: true, note: "Away" } }]);
	hearAutoReply({ ...autoReply.get(), isOn: false });
	expect(autoReply.get().isOn).toBe(false);
	switchOn("Back soon", 2_000);
	switchOff();
	await expect.poll(() => heard.length).toBe(3);
	expect(heard).toMatchObject([{ state: { note: "Away" } }, { state: { isOn: true } }, { state: { isOn: false } }]);
	leaving.abort();
	expect(autoReply.get()).toBe(noAutoReply);
	switchOn("Nobody hears it", 3_000);
	expect(heard).toHaveLength(3);
});
