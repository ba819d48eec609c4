import { comeBackAfter } from "../support/come-back.ts";
import { test } from "../support/kith-test.ts";

test("both come back by themselves after SIGTERM, with what was written meanwhile", ({ server, meet }) =>
	comeBackAfter("SIGTERM", { server, meet }));
