-- AlterTable
ALTER TABLE "dehydrated_devices" ADD COLUMN     "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;
