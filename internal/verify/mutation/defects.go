package main

// defect is a deliberate mistake. The file contains old exactly once; new replaces it. tests are the arguments of the
// go test that must then fail.
type defect struct {
	what, file, old, new string
	tests                []string
}

// The tests closest to each part of the code.
var (
	conformance = []string{"-run=TestConformance", "./internal/dynamo"}
	attempts    = []string{"-run=TestWhatFailed|TestStalled|TestARefusal", "./internal/dynamo"}
	fixtures    = []string{"-run=TestEvents|TestCompatibility", "./functions/accounttasks"}
	gateway     = []string{"-run=^Test", "./internal/lambdahttp"}
	api         = []string{"./internal/api"}
	wire        = []string{"-run=^Test", "./internal/wire"}
	domain      = []string{"./internal/task"}
	histories   = []string{"-run=TestOperationsAreLinearizable", "./internal/verify/linearizability"}
	clients     = []string{"-run=^Test", "./internal/client"}
	planning    = []string{"./internal/run"}
	runner      = []string{"./internal/verify/runner"}
	reports     = []string{"-run=Report|Bus|Notification|Deadline|Logged", "./internal/app"}
	records     = []string{"./internal/telemetry"}
	crossing    = []string{"-run=CutOver|Import", "./internal/admin"}
	events      = []string{"./internal/bus"}
	workers     = []string{"./examples/worker", "./internal/local/demoworker"}
	// Real code on the embedded table, under faults.
	onTable   = []string{"-run=OnTheTable", "./internal/verify/runner"}
	isolation = []string{"-run=LikeNone|StayOn|Token|Forges|HeadOver|Records", "./internal/verify/endtoend"}
)

var defects = []defect{
	// The conditional write.
	{"a task that is not there is made", "internal/dynamo/expression.go", `"attribute_exists(#pk) AND`, `"(attribute_exists(#pk) OR attribute_not_exists(#pk)) AND`, conformance},
	{"the newest token is not looked for", "internal/dynamo/expression.go", `#W0 <> :token AND `, ``, conformance},
	{"the oldest token is not looked for", "internal/dynamo/expression.go", ` AND #W3 <> :token"`, `"`, conformance},
	{"the register does not move on", "internal/dynamo/expression.go", `#W1 = if_not_exists(#W0, :none), `, ``, conformance},
	{"the fingerprints do not move on", "internal/dynamo/expression.go", `#F1 = if_not_exists(#F0, :none), `, ``, conformance},
	{"the version does not go up", "internal/dynamo/expression.go", `:zero) + :one"`, `:zero)"`, conformance},
	{"If-Match is ignored", "internal/dynamo/expression.go", `	e.guard(w.IfMatch)`, ``, conformance},
	{"If-Match compares the version alone", "internal/dynamo/expression.go", `" AND #W0 = "+token)`, `" AND (#W0 = "+token+" OR #W0 <> "+token+")")`, conformance},
	{"an omitted Enabled is written", "internal/dynamo/expression.go", `	if flag == nil {` + "\n\t\t" + `return ""`, `	if flag == nil {` + "\n\t\t" + `flag = new(bool)`, conformance},
	{"the item of a failed condition is not asked for", "internal/dynamo/update.go", `OnConditionCheckFailureAllOld`, `OnConditionCheckFailureNone`, conformance},
	{"the fingerprint is not compared", "internal/dynamo/update.go", `found.print != w.Fingerprint`, `false`, conformance},
	{"a stale tag hides a repeat", "internal/dynamo/update.go", `traceOf(o.item, w); ok {`, `traceOf(o.item, w); ok && !isStale(t.read(ctx, o.item).Revision, w) {`, conformance},
	{"all accounts share their tasks", "internal/dynamo/keys.go", `return accountPrefix + accountID }`, `return accountPrefix }`, conformance},
	{"a field of the definition is not written", "internal/dynamo/definition.go", `written[slot.Field.String()] = text(value)`, `if slot.Field != task.FieldNotification { written[slot.Field.String()] = text(value) }`, conformance},

	{"a 412 does not show the task", "internal/dynamo/refusal.go", `PreconditionFailed, Current: current`, `PreconditionFailed`, conformance},
	{"the user's name is not written", "internal/dynamo/expression.go", `#LastModifiedBy = :user, `, `#LastModifiedBy = :name, `, conformance},

	// Applied once, for a day.
	{"a twin may be newer than what it meets", "internal/dynamo/expression.go", `isNewer + isCountable`, `isCountable`, histories},
	{"a key is forgotten with its register", "internal/dynamo/expression.go", `	e.condition += isNotMarked`, ``, histories},
	{"a registration's key is forgotten with its register", "internal/dynamo/registration.go", `	if r.Keyed {`, `	if false {`, conformance},
	{"a refused update may yet be applied", "internal/dynamo/update.go", `if o.unknown && couldBeForgotten(o.item, w, modified) {`, `if false {`, attempts},
	{"an update at a revision to avoid may yet be applied", "internal/dynamo/update.go", `if o.unknown && couldApplyLater(w) &&`, `if false &&`, attempts},
	{"a delete at a revision to avoid may yet be applied", "internal/dynamo/deletion.go", `case o.unknown && couldApplyLater(w):`, `case false:`, attempts},
	{"a throttled try hides that an earlier one may yet be applied", "internal/dynamo/deletion.go", `failedAfter(unknown, err)`, `err`, attempts},
	{"runs fill an item without a version with marks", "internal/dynamo/marks.go", `	b.ifStored(attrVersion)`, `	b.ifExists(attrVersion)`, conformance},
	{"runs fill an item whose version is text with marks", "internal/dynamo/marks.go", `	b.ifStored(attrVersion)`, `	b.exact = nil` + "\n\t" + `b.ifNumber(attrVersion, 0)`, conformance},
	{"two updates replace one revision that another program wrote", "internal/dynamo/expression.go", `		e.ifAsSeen(exact, attrDateModified, attrVersion, attrTokens[0])`, ``, conformance},
	{"a revision that another program wrote is not to be avoided", "internal/dynamo/expression.go", `		case !isWhole(r):
			e.condition += never
`, `		case !isWhole(r):
`, conformance},
	{"a delete takes no revision that another program wrote", "internal/dynamo/deletion.go", `case !isStale(current.Revision, w):`, `case false:`, conformance},
	{"a run whose deadline another program wrote does not end", "internal/dynamo/runitem.go", `read.Outcome == seen.Outcome`, `read.Outcome != seen.Outcome`, conformance},
	{"pruning removes the request's own mark", "internal/dynamo/marks.go", `m.attribute != own && `, ``, conformance},
	{"pruning removes young marks", "internal/dynamo/marks.go", `(len(marks)-i <= marksKept || age < youngAge)`, `len(marks)-i <= marksKept`, conformance},
	{"marks are kept for less than a day", "internal/dynamo/marks.go", `24*time.Hour + time.Minute`, `23 * time.Hour`, conformance},
	{"a date that is in the way is not counted up", "internal/dynamo/register.go", `	next = t.Add(task.DateResolution)`, `	next = made`, conformance},

	// Registering, reading, listing, deleting.
	{"a registration overwrites", "internal/dynamo/registration.go", `condition: "attribute_not_exists(#pk)"`, `condition: "(attribute_not_exists(#pk) OR attribute_exists(#pk))"`, conformance},
	{"a registration's key belongs to all clients", "internal/task/register.go", `caller.ClientID()+"\x00"+idempotencyKey`, `idempotencyKey`, domain},
	{"a registration is found by its key alone", "internal/dynamo/registration.go", ` || print != r.Fingerprint`, ` || print == "x"`, conformance},
	{"a deleted task is registered again", "internal/dynamo/registration.go", `case o.item[attrDeleted] != nil:`, `case false:`, conformance},
	{"a delete forgets who made it", "internal/dynamo/deletion.go", `len(parts) != 3 ||`, `len(parts) > 0 ||`, conformance},
	{"every delete of a deleted task is a repeat", "internal/dynamo/deletion.go", `parts[0] != d.Token || `, ``, conformance},
	{"the table does not guard a delete", "internal/dynamo/deletion.go", `	e.guard(w.IfMatch)`, ``, conformance},
	{"a deleted task is updated", "internal/dynamo/expression.go", `attribute_not_exists(#Deleted) AND`, `(attribute_not_exists(#Deleted) OR attribute_exists(#Deleted)) AND`, conformance},
	{"a deleted task is read", "internal/dynamo/reading.go", ` || current[attrDeleted] != nil`, ``, conformance},
	{"a deleted task is listed", "internal/dynamo/reading.go", `if written[attrDeleted] == nil {`, `if true {`, conformance},
	{"a read may be old", "internal/dynamo/reading.go", `Key: key, ConsistentRead: aws.Bool(true)`, `Key: key`, histories},
	{"a list may be old", "internal/dynamo/reading.go", `		ConsistentRead:            aws.Bool(true),`, ``, histories},
	{"a list shows the tasks of another account", "internal/task/read.go", `Listing{AccountID: caller.AccountID()`, `Listing{AccountID: caller.ClientID()`, []string{"-run=Account", "./functions/accounttasks"}},
	{"a page begins with the last task of the one before", "internal/dynamo/reading.go", `l.After.String() + " "`, `l.After.String()`, conformance},
	{"a page that is full of bytes ends the list", "internal/dynamo/reading.go", `				page.More = true`, ``, conformance},
	{"a page has no limit", "internal/dynamo/reading.go", `room < 0`, `false`, conformance},
	{"a trial writes", "internal/task/service.go", `s.store.TryUpdate(ctx, w)`, `s.store.Update(ctx, w)`, []string{"-run=ValidateOnly", "./functions/accounttasks"}},

	// Who may call.
	{"a token is remembered for ever", "internal/client/cache.go", `age < CacheAge`, `true`, clients},
	{"a remembered token does not expire", "internal/client/cache.go", ` && now.Before(e.expiresAt)`, ``, clients},
	{"a clock that was set back keeps a token", "internal/client/cache.go", `age >= 0 && `, ``, clients},
	{"a refused token is remembered", "internal/client/authenticator.go", `token.Hash != hash || clientID != c.ID {`, `token.Hash != hash || clientID != c.ID {` + "\n\t\t" + `a.cache.put(hash, entry{checked: now, expiresAt: now.Add(CacheAge)})`, clients},
	{"a token has scopes that its client has lost", "internal/client/authenticator.go", `common(token.Scopes, c.Scopes)...`, `token.Scopes...`, clients},
	{"a refresh token that was used again revokes nothing", "internal/client/refresh.go", `i.store.RevokeFamily(ctx, found.Client.ID, family, now.Add(RefreshLifetime+familyMargin))`, `error(nil)`, clients},
	{"a refresh token can be used again and again", "internal/client/refresh.go", `now.Sub(first) > RepeatWindow`, `now.Sub(first) > RefreshLifetime`, clients},
	{"a revoked family goes on", "internal/client/refresh.go", ` || found.Revoked`, ``, clients},

	// What failed attempts promise.
	{"an unknown outcome is a 429", "internal/dynamo/attempts.go", `case a.unknown:`, `case a.unknown && !isThrottled(err):`, attempts},
	{"a lost answer is final", "internal/dynamo/attempts.go", `errors.As(err, &brokenOff) ||`, `errors.As(err, &brokenOff) && false ||`, attempts},
	{"an attempt has no limit", "internal/dynamo/client.go", `.WithTimeout(attemptTimeout)`, ``, attempts},
	{"an attempt is made once", "internal/dynamo/client.go", `maxAttempts    = 3`, `maxAttempts    = 1`, attempts},

	// The rules.
	{"the catalogue is not asked", "internal/task/service.go", `case err == nil && !found:`, `case err == nil && !found && false:`, domain},
	{"a finish before the start is taken", "internal/task/rules.go", `!b.FinishDate.Before(b.StartDate)`, `true`, domain},
	{"Parameters have no limit", "internal/task/rules.go", `len(b.Parameters) > ParametersLimit`, `false`, domain},
	{"a key belongs to all clients", "internal/task/update.go", `clientID+"\x00"+idempotencyKey`, `idempotencyKey`, domain},
	{"the fingerprint forgets Enabled", "internal/task/requestbody.go", `case i < fingerprinted:`, `case slot.Field == FieldEnabled:` + "\n\t\t" + `case i < fingerprinted:`, domain},
	{"an unknown TaskID reads the catalogue each time", "internal/task/catalogue.go", `return name, true, nil` + "\n\t}\n\t" + `if c.names == nil ||`, `return name, true, nil` + "\n\t}\n\t" + `if true || c.names == nil ||`, domain},

	{"a start that is the finish is refused", "internal/task/rules.go", `!b.FinishDate.Before(b.StartDate)`, `b.FinishDate.After(b.StartDate)`, domain},
	{"a failed refresh empties the catalogue", "internal/task/catalogue.go", `	read, err := c.source.LoadCatalogue(ctx)`, `	read, err := c.source.LoadCatalogue(ctx); c.names = nil`, domain},
	{"an update is signed by the client", "internal/task/service.go", `caller.UserID()`, `caller.ClientID()`, domain},
	{"callers read the cause of a failure", "internal/task/error.go", `"An internal error occurred."`, `err.Error()`, domain},

	// The operations.
	{"a count has no bound", "internal/api/query.go", `n >= 1 && n <= task.MaxCount`, `n >= 1`, api},
	{"the last value of a parameter wins", "internal/api/query.go", `; !repeated {`, `; !repeated || true {`, api},
	{"a delete takes validateOnly for nothing", "internal/api/query.go", `found && !takesValidateOnly`, `found && false`, api},
	{"a bad query is forgotten beside a bad body", "internal/api/change.go", `err != nil && len(c.problems) > 0`, `false`, api},
	{"a trial has an entity-tag", "internal/api/change.go", `detail: wire.TaskDetail(&result.Task, a.now())`, `task: &result.Task`, api},
	{"a trial of an update is applied", "internal/api/update.go", `a.tasks.ValidateUpdate(`, `a.tasks.Update(`, api},
	{"a new task has no address", "internal/api/register.go", `	ans.setHeader("Location", c.location(result.Task.ID))`, ``, api},
	{"no page leads to the next", "internal/api/list.go", `if page.More {`, `if false {`, api},
	{"the page after a summary is none", "internal/api/list.go", `if c.arguments.summary {`, `if false {`, api},
	{"an address forgets the stage", "internal/api/call.go", `return "/" + strings.Join(segments[:before], "/")`, `return strings.Join(segments[:0], "/")`, api},
	{"HEAD has a body", "internal/api/encode.go", `http.MethodHead`, `http.MethodTrace`, api},
	{"a delete is not guarded", "internal/api/delete.go", `request.IfMatch, request.NotAt, request.NotAtAny = `, `_, _, _ = `, api},
	{"reading asks for the right to write", "internal/api/api.go", `"ReadTask", task.ScopeRead`, `"ReadTask", task.ScopeWrite`, api},
	{"an answer has the root of another operation", "internal/api/encode.go", `Shape: c.shape(), `, ``, api},

	// Who is calling, and what.
	{"the account comes from a header", "internal/api/authenticate.go", `		c.caller = caller`, `		if a := c.Header.Get("X-Account-Id"); a != "" { caller = task.NewCaller(a, caller.UserID(), caller.ClientID(), caller.Scopes()...) }; c.caller = caller`, isolation},
	{"an account's id is cut", "internal/dynamo/keys.go", `return accountPrefix + accountID }`, `return accountPrefix + accountID[:min(8, len(accountID))] }`, isolation},
	{"an account's id may be a part of a key", "internal/task/caller.go", `ContainsRune("_.-", r)`, `ContainsRune("_.-# ", r)`, clients},
	{"an id is looked for in the path", "internal/api/change.go", `wire.ParseGUID(written)`, `wire.ParseGUID(written[max(0, len(written)-36):])`, isolation},
	{"an absent task is told from another's", "internal/dynamo/update.go", `len(o.item) == 0 ||`, `len(o.item) == 0 && len(w.IfMatch) == 0 ||`, isolation},
	{"a user is in the log", "internal/api/record.go", `slog.String("method", c.Method)`, `slog.String("method", c.Method), slog.String("user", c.caller.UserID())`, api},
	{"a record does not tell of the table", "internal/telemetry/recorder.go", `if table.Calls > 0 {`, `if table.Calls > 99 {`, isolation},
	{"every start is cold", "internal/telemetry/recorder.go", `!r.warm.Swap(true)`, `!r.warm.Swap(false)`, isolation},
	{"a record names a task that may be another's", "internal/api/record.go", `ans.status == http.StatusNotFound`, `false`, api},
	{"a path is printed as it was sent", "internal/local/stack/accesslog.go", `r.URL.EscapedPath()`, `r.URL.Path`, isolation},
	{"a token that was good once stays good", "internal/client/cache.go", `age < CacheAge`, `true`, clients},
	{"a table that does not answer lets callers in", "internal/api/authenticate.go", `			return failAuthentication(err, challengeOfBadToken)`, `			if task.AsError(err).Code != task.CodeUnavailable { return failAuthentication(err, challengeOfBadToken) }`, api},
	{"one of two tokens is taken", "internal/api/authenticate.go", `len(sent) > 1`, `false`, api},
	{"the scope is not checked", "internal/api/authenticate.go", `!c.caller.Allows(c.route.scope)`, `false`, api},
	{"a body has no limit", "internal/api/body.go", `len(c.body.Bytes) > bodyLimit`, `false`, api},
	{"a weak tag matches", "internal/api/entitytag.go", `if t.weak {`, `if false {`, api},
	{"any account id is taken", "internal/client/authenticator.go", `task.CheckAccountID(c.AccountID), `, ``, clients},
	{"base64 is not decoded", "internal/lambdahttp/body.go", `base64.StdEncoding.DecodeString(text)`, `[]byte(text), error(nil); _ = base64.StdEncoding`, gateway},
	{"the stage stays in the path", "internal/lambdahttp/path.go", `strings.HasPrefix(rest, "/") {`, `false {`, gateway},
	{"a panic is not caught", "internal/api/recover.go", `recovered := recover(); recovered != nil`, `recovered := any(nil); recovered != nil`, gateway},
	{"no time is kept to answer", "internal/lambdahttp/handler.go", `deadline.Add(-reserve)`, `deadline`, gateway},

	{"a repeat is not told to be one", "internal/api/change.go", `	if replayed {`, `	if false {`, api},
	{"a 503 does not say when to repeat", "internal/api/errors.go", `StatusServiceUnavailable, retryAfter: "1"`, `StatusServiceUnavailable`, api},

	// The runner's rules of planning.
	{"an edit swallows what was due before it", "internal/run/plan.go", `p.Edited.IsZero() || p.Next.Before(p.Edited)`, `p.Edited.IsZero()`, runner},
	{"what was due before the last edit stays, though an earlier one replaced it", "internal/run/plan.go", `p.Edited.IsZero() || p.Next.Before(p.Edited)`, `p.Next.Before(p.LastEdit)`, runner},
	{"an earlier occurrence does not replace Next", "internal/run/plan.go", `next.IsZero() || !first.IsZero() && first.Before(next)`, `next.IsZero()`, runner},
	{"Next stays though it is outside start and finish", "internal/run/plan.go", ` && p.within(p.Next)`, ``, runner},
	{"Next stays though it was claimed", "internal/run/plan.go", ` && p.Next.After(p.Last) && p.within`, ` && p.within`, planning},
	{"the finish bounds the look", "internal/run/plan.go", `s.Deleted || !s.Enabled {`, `s.Deleted || !s.Enabled || !s.FinishDate.IsZero() && now.After(s.FinishDate) {`, runner},
	{"a disabled task is planned", "internal/run/plan.go", `s.Deleted || !s.Enabled {`, `s.Deleted {`, runner},
	{"every occurrence has the start's grace", "internal/run/plan.go", `later(p.Last, edit.Add(-task.DateResolution)))`, `later(p.Last, edit.Add(-grace)))`, runner},
	{"the start has no grace", "internal/run/plan.go", `start.After(edit.Add(-grace))`, `start.After(edit)`, runner},
	{"planning starts from the last edit", "internal/run/plan.go", `	edit := p.Edited` + "\n", `	edit := p.LastEdit` + "\n", planning},
	{"planning starts from an edit long ago", "internal/run/plan.go", `later(edit, p.LastEdit.Add(-unseen))`, `edit`, planning},
	{"planning does not start from when the task was enabled", "internal/run/plan.go", `		edit = p.On`, `		_ = p.On`, runner},
	{"all missed occurrences are run", "internal/run/plan.go", `newest.After(low) {`, `newest.After(low) && false {`, runner},
	{"new occurrences before an edit take the place of an old one", "internal/run/plan.go", `!p.schedule.Occurs(next) {`, `false {`, planning},
	{"missed occurrences are run however old", "internal/run/plan.go", `p.now.Sub(plan.Next) >= p.limit()`, `false`, planning},
	{"what is missed is counted again", "internal/run/step.go", `s.after(p.Next), 0`, `s.after(p.Next), p.Missed`, runner},
	{"the notes of edits stay", "internal/run/step.go", `	s.Edited, s.On = time.Time{}, time.Time{}`, ``, runner},
	{"a look forgets that the task is off", "internal/run/step.go", `		s.Off = now`, `		s.Off = time.Time{}`, planning},

	// The runner's protocol.
	{"the run item is not put", "internal/run/runner.go", `err := r.store.PutRun(ctx, s, r.clock().Add(r.timeout)); err != nil`, `err := error(nil); err != nil`, runner},
	{"an open run is claimed over", "internal/run/runner.go", `case seen.Open != nil:`, `case seen.Open != nil && false:`, runner},
	{"a lease is not ended", "internal/run/runner.go", `return r.endLease(ctx, s, w)`, `return nil`, runner},
	{"an overtaken look is not repeated", "internal/run/runner.go", `tries = 5`, `tries = 1`, runner},
	{"a lease and an occurrence are looked at early", "internal/run/runner.go", `case s.Open != nil || s.DueAt.Equal(s.Next):`, `case false:`, planning},
	{"a task is run before it is due", "internal/run/plan.go", `!p.Next.After(now) }`, `!p.Next.After(now.Add(time.Minute)) }`, runner},
	{"run-now moves Last on", "internal/run/now.go", `	return s.opened(now)`, `	s.Last = s.Next; return s.opened(now)`, runner},
	{"run-now leaves no mark", "internal/run/now.go", `	marks[o.Token] = o.Fingerprint`, ``, runner},
	{"run-now does not find its claim in the refusal", "internal/run/now.go", `o.settled(current, current.ID != uuid.Nil); done {`, `o.settled(current, current.ID != uuid.Nil); done && false {`, planning},
	{"a registration does not note that the task is off", "internal/dynamo/registration.go", `	if !r.Task.Enabled {`, `	if false {`, conformance},
	{"run-now tries again and again to finish another run", "internal/run/now.go", `return Ordered{}, busy(err)`, `continue`, planning},
	{"run-now claims over an open run", "internal/run/now.go", `if seen.Open != nil {`, `if false {`, runner},
	{"a look ignores what other looks did", "internal/dynamo/runsave.go", "	b.ifDate(DueAt, seen.DueAt)\n	b.ifOpen(seen.Open)\n	b.ifNumber(attrClaims, seen.Claims)\n", ``, onTable},
	{"the table forgets the last occurrence", "internal/dynamo/runsave.go", `{attrLast, next.Last}, `, ``, onTable},
	{"a look ignores another's claim", "internal/dynamo/runsave.go", `	b.ifNumber(attrClaims, seen.Claims)`, ``, conformance},
	{"a look ignores an edit", "internal/dynamo/runsave.go", `	b.ifNumber(attrVersion, seen.Revision.Version)`, ``, conformance},
	{"a look ignores another look", "internal/dynamo/runsave.go", `	b.ifDate(DueAt, seen.DueAt)`, ``, conformance},
	{"a look ignores the open run", "internal/dynamo/runsave.go", `	b.ifOpen(seen.Open)`, ``, conformance},
	{"a deleted task is claimed", "internal/dynamo/runsave.go", `	if !seen.Deleted {`, `	if false {`, conformance},
	{"a run item is put again", "internal/dynamo/runitem.go", `	b.ifMissing(PartitionKey)`, `	b.ifMissing("X")`, conformance},
	{"an update forgets the first edit", "internal/dynamo/expression.go", `#Edited = if_not_exists(#Edited, :clock)`, `#Edited = :clock`, conformance},
	{"an update asks for a look by its date", "internal/dynamo/expression.go", `":clock":      date(w.ModifiedAt)`, `":clock":      date(modified)`, conformance},
	{"disabling keeps what is planned", "internal/dynamo/expression.go", `REMOVE #Next, #On"`, `REMOVE #On"`, conformance},
	{"enabling again counts from then", "internal/dynamo/expression.go", `", #On = if_not_exists(#On, :clock)"`, `", #On = :clock"`, conformance},

	// The window of runs, and the crossing of two platforms.
	{"crossing: what was due before the window runs", "internal/run/window.go", `	s.Last = later(s.Last, w.From.Add(-task.DateResolution))`, ``, runner},
	{"crossing: what is due at the begin of the window does not run", "internal/run/window.go", `w.From.Add(-task.DateResolution)`, `w.From`, planning},
	{"crossing: a window has no end", "internal/run/window.go", `if w.Until.IsZero() || now.Before(w.Until) {`, `if true {`, runner},
	{"crossing: what is due at the end runs", "internal/run/window.go", `return w.Until.Add(-task.DateResolution)`, `return w.Until`, planning},
	{"crossing: runs begin before the window", "internal/run/runner.go", `!key.IsRun() && !w.Begun(r.time(tick))`, `false`, planning},
	{"crossing: runs that have begun wait for a later start", "internal/run/runner.go", `!key.IsRun() && !w.Begun(r.time(tick))`, `!w.Begun(r.time(tick))`, planning},
	{"crossing: a caller's run starts while runs are held", "internal/run/now.go", `if !window.Open(due) {`, `if false {`, runner},
	{"crossing: the last run of an imported task is forgotten", "internal/dynamo/imports.go", `	b.set(attrLast, date(last), !last.IsZero())`, ``, crossing},
	{"crossing: an imported task is planned from the import on", "internal/dynamo/imports.go", `	b.set(attrEdited, date(i.Since), true)`, `	b.set(attrEdited, date(now), true)`, crossing},
	{"crossing: an import overwrites what has run", "internal/dynamo/imports.go", `	b.ifNumber(attrClaims, seen.Claims)`, ``, conformance},
	{"crossing: a changed task is replaced by an import", "internal/admin/importtasks.go", `untouched := isImported && stored.Mark.Revision == stored.Revision`, `untouched := isImported`, crossing},
	{"crossing: what is gone is kept", "internal/admin/importwrite.go", `verdicts = append(verdicts, isGone)`, `_ = isGone`, crossing},
	{"crossing: the exported file is not asked", "internal/admin/importtasks.go", `!untouched && exported != nil && exported.Edit == now.Edit`, `false`, crossing},
	{"crossing: a deleted task comes back", "internal/dynamo/imports.go", `	b.set(attrDeletedUntil, number(forGood), true)`, ``, conformance},

	// Reports, deadlines and notifications.
	{"a report changes a run that has ended", "internal/run/report.go", `case seen.hasEnded():`, `case seen.hasEnded() && seen.DueAt.IsZero():`, runner},
	{"a report does not find its own effect", "internal/run/report.go", `saved || err == nil && current.endedAs(next)`, `saved`, planning},
	{"an overtaken report is taken for accepted", "internal/run/report.go", `saved || err == nil && current.endedAs(next)`, `saved || err == nil`, runner},
	{"an overtaken report is not looked at again", "internal/run/report.go", `	for range tries {`, `	for range 1 {`, planning},
	{"a late report is told to repeat or to contradict", "internal/run/report.go", `case s.Overdue:`, `case false:`, runner},
	{"a notification is not noted as sent", "internal/run/report.go", `r.store.SaveRun(ctx, s, s.notified())`, `r.store.SaveRun(ctx, s, s)`, runner},
	{"a notification is sent whatever the task asks for", "internal/run/stored.go", `return outcome == OutcomeFailed`, `return true`, runner},
	{"a notification is not sent after a crash", "internal/run/overdue.go", `return r.notifyAgain(ctx, seen, now)`, `return nil`, runner},
	{"two ticks send a notification again", "internal/run/overdue.go", `err != nil || !saved {`, `err != nil || !saved && false {`, runner},
	{"a notification has no lease", "internal/run/stored.go", `s.DueAt = now.Add(lease)`, `s.DueAt = now`, runner},
	{"a run that no worker reports stays open", "internal/run/overdue.go", `return r.expire(ctx, seen, t)`, `return nil`, runner},
	{"two ticks at the same time fail a run", "internal/run/overdue.go", `seen.expired(r.clock())`, `seen.expired(seen.DueAt)`, planning},
	{"a run is failed while its event may not have been sent", "internal/run/overdue.go", `exists && !of.Deleted && of.holds(&Run{ID: seen.ID})`, `exists && false && of.Deleted`, runner},
	{"the open run of a deleted task never fails", "internal/run/overdue.go", `!of.Deleted && of.holds`, `of.holds`, planning},
	{"a run is failed by the index alone", "internal/run/overdue.go", `seen.DueAt.IsZero() || seen.DueAt.After(now)`, `seen.DueAt.IsZero()`, runner},
	{"a deadline counts from the first event alone", "internal/dynamo/runitem.go", `	b.orOpenUntilBefore(deadline)`, ``, onTable},
	{"a deadline moves back", "internal/dynamo/runsave.go", ` + " AND " + before}`, `}; _ = before`, conformance},
	{"an open run has no deadline", "internal/dynamo/runitem.go", `	b.set(DueAt, date(deadline), true)`, ``, onTable},
	{"a run that has ended is opened again", "internal/dynamo/runsave.go", `open := b.alias(attrOutcome) + " = " + b.value("open", text(string(run.OutcomeRunning)))`, `open := "attribute_exists(" + b.alias(attrOutcome) + ")"`, conformance},
	{"a run ends whatever it is", "internal/dynamo/runitem.go", `	b.ifText(attrOutcome, string(seen.Outcome))`, ``, conformance},
	{"the end of a run ignores a new deadline", "internal/dynamo/runitem.go", `	b.ifDate(DueAt, seen.DueAt)`, ``, conformance},
	{"the oldest runs come first", "internal/dynamo/runlist.go", `aws.Bool(false)`, `aws.Bool(true)`, conformance},
	{"a page of runs begins with the last run of the page before", "internal/dynamo/runlist.go", ` || record.Position() == l.After`, ``, conformance},
	{"a run that has expired is listed", "internal/dynamo/runlist.go", `if expires.After(l.Now) {`, `if true || expires.After(l.Now) {`, conformance},
	{"a page of runs has no bound", "internal/dynamo/runlist.go", `room < 0 || `, ``, conformance},
	{"the runs of a deleted task are listed", "internal/run/service.go", `	case !exists || seen.Deleted:` + "\n\t\t" + `return State{}`, `	case !exists:` + "\n\t\t" + `return State{}`, planning},
	{"no page of runs leads to the next", "internal/api/runs.go", `if page.More {`, `if false {`, api},
	{"a worker's message is in the log", "internal/telemetry/report.go", `{"outcome", string(p.Outcome)},`, `{"outcome", string(p.Outcome)}, {"message", p.Run.Message},`, records},
	{"a run that comes again is worked again", "examples/worker/worker.go", `if done == nil {`, `if true {`, workers},
	{"a report is not repeated", "examples/worker/worker.go", `	if err := w.reporter.report(ctx, r, *done); err != nil {`, `	if err := w.reporter.report(ctx, r, *done); err != nil && false {`, workers},
	{"work that lost its claim is reported", "examples/worker/worker.go", `w.ledger.finish(ctx, r.RunID, until, res); err != nil {`, `w.ledger.finish(ctx, r.RunID, until, res); err != nil && false {`, workers},
	{"the demonstration worker works a run twice", "internal/local/demoworker/worker.go", `	if known {`, `	if known && false {`, workers},
	{"a refused report is repeated by Lambda", "internal/app/runner.go", `Outcome: sent.Outcome, Problem: err,` + "\n\t\t})\n\t\t" + `return nil`, `Outcome: sent.Outcome, Problem: err,` + "\n\t\t})\n\t\t" + `return err`, reports},
	{"a report that the table does not answer is lost", "internal/app/runner.go", `return fmt.Errorf("take the report of run %s: %w", sent.RunID, err)`, `return nil`, reports},
	{"a report's version is ignored", "internal/bus/finished.go", ` || version != Version)`, `)`, events},
	{"a message has no limit", "internal/bus/finished.go", `utf8.RuneCountInString(message) > run.MessageLimit`, `utf8.RuneCountInString(message) < 0`, events},
	{"Parameters are in an event, however large", "internal/run/event.go", `len(s.Parameters) <= parametersLimit`, `true`, planning},

	// Clients, secrets and tokens.
	{"a token of any kind is an access token", "internal/client/token.go", `t.Kind == kind && `, ``, clients},
	{"a token of an earlier registration is good", "internal/client/token.go", ` && t.Generation == c.Generation`, ``, clients},
	{"a token of a retired secret is good", "internal/client/token.go", `slices.Contains(c.Secrets, t.SecretID)`, `(true || slices.Contains(c.Secrets, t.SecretID))`, clients},
	{"a token never expires", "internal/client/token.go", ` && now.Before(t.ExpiresAt)`, ``, clients},
	{"a remembered token never expires", "internal/client/cache.go", ` && now.Before(e.expiresAt)`, ``, clients},
	{"a frozen sandbox keeps tokens for longer", "internal/client/authenticator.go", `a.now().Round(0)`, `a.now()`, clients},
	{"refused tokens are remembered", "internal/client/authenticator.go", `	if !token.isGood(`, `	a.cache.put(hash, entry{checked: now, expiresAt: now.Add(CacheAge)}); if !token.isGood(`, clients},
	{"the memory of tokens has no bound", "internal/client/cache.go", `len(c.order) == CacheSize`, `false`, clients},
	{"a token grants what it was not asked for", "internal/client/authenticator.go", `common(token.Scopes, c.Scopes)`, `c.Scopes`, clients},
	{"a refresh token grants more than it has", "internal/client/issuer.go", `refresh: scopes`, `refresh: found.Client.Scopes`, clients},
	{"a used refresh token is good for ever", "internal/client/refresh.go", `now.Sub(first) > RepeatWindow`, `now.Sub(first) > 1000*RepeatWindow`, clients},
	{"reuse revokes no family", "internal/client/refresh.go", ` || found.Revoked`, ``, clients},
	{"an unknown client costs less", "internal/client/verify.go", `substitute(kind).matches(secret)`, `return "", false`, clients},
	{"a right secret costs less", "internal/client/verify.go", `secretID, ok = ids[i], true`, `return ids[i], true`, clients},
	{"an imported hash costs more", "internal/client/imported.go", `	return r.store.AddKinds(ctx, kind)`, `	return nil`, clients},
	{"an imported hash stays", "internal/client/issuer.go", `	if hash.isFinal() {`, `	if true {`, clients},
	{"the salt is not looked at", "internal/client/hash.go", `append(decoded, secret...)`, `[]byte(secret)`, clients},
	{"a third secret is made", "internal/client/registry.go", `len(c.Secrets) >= MaxSecrets`, `false`, clients},
	{"a change between two readings loses a hash", "internal/client/registry.go", `isWhole := found.hasItsHashes()`, `isWhole := true`, clients},
	{"an empty secret gets a token", "internal/client/issuer.go", `ok && sent.Secret != "" &&`, `ok &&`, clients},
	{"the last secret is retired", "internal/client/registry.go", `len(c.Secrets) == 1`, `false`, clients},
	{"a repeat shows another secret", "internal/client/add.go", `		!slices.ContainsFunc(found.Client.Secrets, isSecret) {`, `		len(found.Client.Secrets) == 0 && isSecret("") {`, clients},
	{"an added client may add clients", "internal/client/add.go", `return s == task.ScopeWriteClients`, `return false`, clients},
	{"unprocessed keys are absent items", "internal/dynamo/batchget.go", `		rest = unprocessed`, `		rest = unprocessed[:0]`, conformance},
	{"added clients are not counted", "internal/dynamo/clientwrite.go", `":limit": number(client.AddedLimit)`, `":limit": number(2 * client.AddedLimit)`, conformance},
	{"a change ignores another one", "internal/dynamo/clientwrite.go", `":version": number(seen.Version)`, `":version": number(0)`, conformance},
	{"a refresh token is used twice", "internal/dynamo/token.go", ` AND attribute_not_exists(#UsedAt)`, ``, conformance},
	{"a renewed hash replaces any", "internal/dynamo/secret.go", `aws.String("#secret = :old")`, `aws.String("#secret <> :old")`, conformance},
	{"two ways of authentication are taken", "internal/api/basic.go", `	if formSecret != "" {`, `	if false {`, api},
	{"a repeated parameter is taken", "internal/api/tokenrequest.go", `		if form[name] != "" {`, `			if false {`, api},
	{"Basic is not form-decoded", "internal/api/basic.go", `ok && decoded != raw`, `ok && false`, api},

	// The formats.
	{"the first JSON duplicate wins", "internal/wire/readjson.go", `return foldedASCII(written, published) }); ok {`, `return foldedASCII(written, published) }); ok && !b.reading.Sent(slot.Field) {`, fixtures},
	{"the last XML duplicate wins", "internal/wire/readxml.go", `known && !r.binder.reading.Sent(slot.Field)`, `known`, fixtures},
	{"dates are cut, not rounded", "internal/wire/date.go", `padded[7] >= '5'`, `false`, wire},
	{"Accept is not weighed", "internal/wire/negotiate.go", `qx > qj || qx == qj`, `qx == qj`, wire},
	{"XML leaves out a null date", "internal/wire/writexml.go", `m.kind == memberValue`, `false`, wire},
	{"a carriage return is not escaped", "internal/wire/writexml.go", `, "\r", "&#xD;"`, ``, wire},
	{"a document type definition is read", "internal/wellformed/xmlscanner.go", `		return errDefinition`, `		s.until(">"); return nil`, []string{"-run=^Test", "./internal/wellformed"}},
	{"half a surrogate pair is read", "internal/wellformed/json.go", `at := loneSurrogate(text); at >= 0`, `at := -1; at >= 0`, []string{"-run=^Test", "./internal/wellformed"}},
}
