import { runUntilSignal } from "../../src/server/process/run-until-signal.ts";
import { StartupError } from "../../src/server/process/startup-error.ts";
import { silentLog } from "./silent-log.ts";

// A process that starts two things and then behaves as it is told: "run", "refuse", "fail-stop" or "defect".
const behaviour = process.argv[2];
const say = (line: string): void => void process.stdout.write(`${line}\n`);

await runUntilSignal(silentLog, async (teardown) => {
	const running = setInterval(() => undefined, 1_000);
	teardown.add("first", () => {
		clearInterval(running);
		say("first stopped");
	});
	teardown.add("second", async () => {
		say("second stopped");
		if (behaviour === "fail-stop") throw new Error("stuck");
	});
	if (behaviour === "refuse") throw new StartupError("locked", "another Kith is running");
	if (behaviour === "defect") setTimeout(() => Promise.reject(new Error("nobody waits")), 10);
	say("started");
});
