import { router } from "./procedures.ts";
import { accountDataRouter } from "./routers/account-data/account-data-router.ts";
import { accountsRouter } from "./routers/accounts/accounts-router.ts";
import { adminRouter } from "./routers/admin/admin-router.ts";
import { assistantRouter } from "./routers/assistant/assistant-router.ts";
import { consoleRouter } from "./routers/console/console-router.ts";
import { dehydratedDeviceRouter } from "./routers/dehydrated-device/dehydrated-device-router.ts";
import { keyBackupRouter } from "./routers/key-backup/key-backup-router.ts";
import { keysRouter } from "./routers/keys/keys-router.ts";
import { messagesRouter } from "./routers/messages/messages-router.ts";
import { passkeysRouter } from "./routers/passkeys/passkeys-router.ts";
import { roomsRouter } from "./routers/rooms/rooms-router.ts";
import { safetyRouter } from "./routers/safety/safety-router.ts";
import { syncRouter } from "./routers/sync/sync-router.ts";
import { toDeviceRouter } from "./routers/to-device/to-device-router.ts";

/** The typed API; see README.md for its table. */
export const appRouter = router({
	accounts: accountsRouter,
	accountData: accountDataRouter,
	passkeys: passkeysRouter,
	rooms: roomsRouter,
	messages: messagesRouter,
	sync: syncRouter,
	keys: keysRouter,
	keyBackup: keyBackupRouter,
	dehydratedDevice: dehydratedDeviceRouter,
	toDevice: toDeviceRouter,
	safety: safetyRouter,
	assistant: assistantRouter,
	admin: adminRouter,
	console: consoleRouter,
});

export type AppRouter = typeof appRouter;
