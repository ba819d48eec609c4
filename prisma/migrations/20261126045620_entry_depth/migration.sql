-- AlterTable
ALTER TABLE "rooms" ADD COLUMN     "entry_depth" BIGINT NOT NULL DEFAULT 0;
