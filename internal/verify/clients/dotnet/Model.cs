using System;
using System.Xml.Serialization;

// The types of an old client, as its authors wrote them from the published page. Dates are DateTime or DateTimeOffset.

public enum Frequency { NONE, HOURLY, DAILY, WEEKLY, MONTHLY, YEARLY }

public enum Notification { NONE, ON_SUCCESS, ON_FAILURE, ALWAYS }

[XmlRoot("AccountTaskUpdateRequest")]
public class UpdateRequest<TDate> where TDate : struct
{
    public bool? Enabled;
    public Guid TaskID;
    public Frequency Frequency;
    public TDate? StartDate;
    public TDate? FinishDate;
    public string Parameters;
    public string ContentType;
    public Notification? Notification;
}

public class Error
{
    public string ErrorCode;
    public string ErrorReason;
}

public class Identification
{
    public string UserId;
}

// StartDate cannot be null, as in the original's own type.
public class AccountTask<TDate> where TDate : struct
{
    public Guid ID;
    public Guid TaskID;
    public string Name;
    public bool? Enabled;
    public string Frequency;
    public TDate StartDate;
    public TDate? FinishDate;
    public string Parameters;
    public string ContentType;
    public string Notification;
    public TDate DateCreated;
    public TDate DateModified;
    public TDate? LastRunOn;
    public string LastRunBy;
    public string LastModifiedBy;
    public string Status;
    public Guid? ClientID;
}

public class ResponseData<TDate> where TDate : struct
{
    public string Result;
    public Identification Identification;
    public AccountTask<TDate> Detail;
}

[XmlRoot("ResponseOfAccountTaskResponse")]
public class Response<TDate> where TDate : struct
{
    public Error Error;
    public ResponseData<TDate> ResponseData;
}
