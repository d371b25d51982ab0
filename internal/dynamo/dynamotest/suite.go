package dynamotest

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
)

// Run checks every promise on the engine that the client reaches. It works on a new table, which it creates
// and deletes.
func Run(t *testing.T, client *dynamodb.Client) {
	shared := newEngine(t, client)
	for _, promise := range []struct {
		name  string
		check func(*testing.T, engine)
	}{
		{"an update replaces the definition as a whole", replacesDefinition},
		{"an update keeps what is not its own", keepsTheRest},
		{"the flag is kept when it is left out", keepsEnabled},
		{"the largest parameters come back exactly", keepsLargeText},
		{"a task that is not there is not made", refusesUnknown},
		{"another account's task is not there", refusesOtherAccounts},
		{"an update at the current revision is applied", appliesAtRevision},
		{"an update at a stale revision is refused with the current task", refusesStale},
		{"one of several revisions is enough", appliesAtOneOfSeveral},
		{"an update at a revision to avoid is refused with the current task", refusesAtRevisionsToAvoid},
		{"an update at other revisions than those to avoid is applied", appliesAtOtherRevisions},
		{"a repeat is applied once", appliesOnce},
		{"a key is known after many other updates, and good for one update only", knowsKeyAfterMany},
		{"what is sent again without a key is an update", countsOwnRepeatAsUpdate},
		{"its own repeat is known after other updates", knowsOwnRepeatAfterOthers},
		{"old keys are forgotten", forgetsOldKeys},
		{"the key of a repeat is not forgotten", keepsOwnOldKey},
		{"old keys of an item without a version that can be read are forgotten", forgetsOldKeysOfRuns},
		{"the largest item fits the table", fitsTheTable},
		{"the date only grows, whatever the clocks say", datesOnlyGrow},
		{"a date in the future is counted on from", countsOnFromTheFuture},
		{"a date of another form is replaced", replacesForeignDates},
		{"an item without dates in its register can be updated", updatesItemsWithoutDates},
		{"attributes that cannot be read do not keep an update from succeeding", readsForeignAttributes},
		{"a deleted task is not there", hidesDeleted},
		{"a repeat comes before a stale revision", repeatBeforeStale},
		{"an item written by other hands can be updated", updatesForeignItem},
		{"an item whose revision another program wrote can be updated", updatesForeignRevisions},
		{"preconditions hold for a revision that another program wrote, as it is shown", guardsForeignRevisions},
		{"of updates racing on a revision that another program wrote exactly one is applied", racesOnForeignRevisions},
		{"an item whose revision another program wrote can be deleted", deletesForeignRevisions},
		{"a task is registered once", registersOnce},
		{"a registration overwrites nothing", registerOverwritesNothing},
		{"a task is read as it is", readsTasks},
		{"a task is deleted once, and gone", deletesOnce},
		{"a registration does not bring a deleted task back", registrationStaysDeleted},
		{"a delete is guarded as an update is", guardsDelete},
		{"an update can be tried without a change", triesUpdates},
		{"a registration can be tried without a change", triesRegistrations},
		{"tasks are listed in the order of their IDs", listsInOrder},
		{"the pages show each task that stays once", listsWhatStays},
		{"a page fits an answer", listsWithinAnswer},
		{"of updates racing on one revision exactly one is applied", oneWinsRace},
		{"no update is lost among concurrent ones", losesNone},
		{"a task is imported once, and replaced only as it was seen", importsOnce},
		{"an imported task that is removed can come back, one that a caller deletes does not", removesImported},
		{"an import replaces and removes what another program wrote", importsOverForeignAttributes},
		{"the window of runs is replaced only as it was seen", replacesWindow},
		{"an update asks for a look, and keeps the first since the last look", asksForALook},
		{"an update asks for a look by its instance's clock", looksByTheClock},
		{"an update keeps what the runner keeps", keepsRunState},
		{"an update notes since when a task is off or on", notesOffAndOn},
		{"a registration of a disabled task notes since when it is off", notesOffAtRegistration},
		{"a look is saved, and changes nothing else", savesALook},
		{"a look at what has changed is refused", refusesStaleLooks},
		{"a look replaces what cannot be read", replacesForeignRunState},
		{"a run that a caller asked for is marked once", marksARunOnce},
		{"the key of another change is known to a run", knowsOtherKeysForRuns},
		{"a task from before the runner is brought to it once", asksForUnplannedTasks},
		{"a run is stored once, and only its deadline moves on", storesARunOnce},
		{"a run is stored with what its notification says", storesWhatANotificationSays},
		{"a run that has ended is not opened again", opensNoEndedRun},
		{"a run ends once", endsARunOnce},
		{"a run without a deadline ends once", endsRunsWithoutDeadline},
		{"a run whose outcome or deadline another program wrote ends once", endsForeignRuns},
		{"a row of the index that is neither a task's nor a run's hides no other", skipsForeignRows},
		{"a run that owes a notification stays in the index until it is sent", keepsWhatIsOwed},
		{"a run that is not there does not end", endsNoUnknownRun},
		{"runs are listed with the latest due time first", listsRunsInOrder},
		{"the pages show each run once", listsRunsOnPages},
		{"a run that has expired is not listed", hidesExpiredRuns},
		{"a page of runs fits an answer", listsRunsWithinAnswer},
		{"a task that is deleted meanwhile is not claimed", runsNoneOfADeletedTask},
		{"the catalogue is read whole", readsCatalogue},
		{"bad rows of the catalogue are skipped", skipsBadCatalogueRows},
		{"seeding overwrites nothing", seedsOnce},
	} {
		t.Run(promise.name, func(t *testing.T) { promise.check(t, shared.onAccount()) })
	}
	for _, promise := range clientPromises {
		t.Run(promise.name, func(t *testing.T) { promise.check(t, shared.onAccount()) })
	}
}
